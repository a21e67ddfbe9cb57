package contracts_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/contracts"
)

func identityOf(name string) url.Values {
	return url.Values{"legal_name": {name}, "address": {"1 Street\nTown"}, "email": {"legal@mail.example"}, "country": {"FR"}}
}

// prepare makes the document of the contract at a path, as the job does.
func prepare(t *testing.T, h apptest.Partnership, path string) {
	t.Helper()
	c, _, err := h.Contracts.Get(t.Context(), h.Brand, strings.TrimPrefix(path, "/contracts/"))
	apptest.Must(t, err)
	d, _, err := h.Contracts.ReadDraft(t.Context(), c.ID)
	apptest.Must(t, err)
	text := contracts.Text{Language: "en", Title: "Contract", Parties: []contracts.Named{{Label: "The brand", Name: "Fonte SARL <b>"}, {Label: "The creator", Name: "Pénélope محمد"}}}
	apptest.Must(t, h.Contracts.StoreDocument(t.Context(), d, []byte("%PDF-1.7 of "+path+d.Brand.LegalName+d.Creator.LegalName), text))
}

func TestFromTheAgreementToTheCertificate(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal := h.AcceptedDeal(t, nil).Path
	asked := h.AsBrand.Get(deal).Submit("form[action$='/contract']", nil)
	if asked.Status != http.StatusOK || !asked.HasTexts("Say who you are in the contract by") {
		t.Fatalf("asking led to %d: %s", asked.Status, asked.Find("main").Text())
	}
	for b, name := range map[*apptest.Browser]string{h.AsBrand: "Fonte SARL <b>", h.AsCreator: "Pénélope Ταρτάρ محمد"} {
		if p := b.Get("/settings/contract-identity").Submit("main form[action='/settings/contract-identity']", identityOf(name)); p.Status != http.StatusOK {
			t.Fatalf("the identity led to %d: %s", p.Status, p.Find("#error-summary").Text())
		}
	}
	path := h.AsCreator.Get(deal).Find("#contract a[href^='/contracts/']").AttrOr("href", "")
	if p := h.AsCreator.Get(path); !p.HasTexts("The contract is being made.") || p.Find("#signature").Length() != 0 {
		t.Errorf("before its document it reads: %s", p.Find("main").Text())
	}
	prepare(t, h, path)
	page := h.AsCreator.Get(path)
	if !page.HasTexts("Fonte SARL <b>", "Pénélope محمد", "Pan & lid", "simple electronic signature", "legal advice") {
		t.Errorf("the contract reads: %s", page.Find("main").Text())
	}
	pdf := h.AsCreator.Get(path + "/contract.pdf")
	if pdf.Status != http.StatusOK || !strings.HasPrefix(pdf.Body, "%PDF-") || pdf.Header.Get("Content-Type") != "application/pdf" {
		t.Fatalf("the PDF is %d %q", pdf.Status, pdf.Header.Get("Content-Type"))
	}
	hash := strings.TrimSpace(page.Find("main code").Text())
	check := func(hash string) string {
		return h.NewBrowser(t).Get("/check").Submit("main form[action='/check']", url.Values{"hash": {hash}}).Find("main").Text()
	}
	if s := check(hash); !strings.Contains(s, "Unknown document") {
		t.Errorf("unsigned, the check says: %s", s)
	}
	if p := h.AsCreator.Get(path); p.Find("#signature").Length() != 0 || !p.HasTexts("Signing needs a confirmed e-mail address.") {
		t.Errorf("without a confirmed address it reads: %s", p.Find("#sign").Text())
	}
	person := apptest.Count(t, h.App, "SELECT person_id FROM creators WHERE public_id = ?", h.CreatorID)
	apptest.Must(t, h.Accounts.ConfirmEmailWithoutLink(t.Context(), int64(person), "penne@mail.example"))
	if p := h.AsCreator.Get(path); p.Find("#signature").Length() != 0 || !p.HasTexts("Before you sign, confirm that it is you.") {
		t.Errorf("with a sign-in at the platform alone it reads: %s", p.Find("#sign").Text())
	}
	ask := h.AsCreator.Get(h.AsCreator.Get(path).Find("#sign a[href^='/confirm-identity']").AttrOr("href", ""))
	if ask.Path != "/confirm-identity" || !ask.HasTexts("Signing in with a platform is not enough.") || ask.Find("form[action^='/auth/']").Length() != 0 || ask.Find("form[action='/confirm-identity/code']").Length() != 1 {
		t.Errorf("before signing, %s asks for: %s", ask.Path, ask.Find("main").Text())
	}
	h.AsCreator.ProveByCode(path)
	answers := url.Values{"name": {"A. Signer"}, "role": {"Owner"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}}
	for _, b := range []*apptest.Browser{h.AsCreator, h.AsBrand} {
		if p := b.Get(path).Submit("#signature", url.Values{"name": {"Kept"}}); p.Status != http.StatusUnprocessableEntity || p.Find("#f-authority-error").Length() != 1 || p.Find("#f-name").AttrOr("value", "") != "Kept" {
			t.Fatalf("a form without answers led to %d: %s", p.Status, p.Find("main").Text())
		}
		odd := url.Values{"name": {"สมชาย"}, "role": {"Own\u0e02r"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}}
		if p := b.Get(path).Submit("#signature", odd); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Find("#f-name-error").Text(), "ส (U+0E2A)") || p.Find("#f-role-error").Length() != 1 {
			t.Fatalf("letters that no certificate prints led to %d: %s", p.Status, p.Find("#error-summary").Text())
		}
		if p := b.Get(path).Submit("#signature", answers); p.Status != http.StatusOK || !p.HasTexts("You have signed.") {
			t.Fatalf("signing led to %d: %s", p.Status, p.Find("main").Text())
		}
	}
	c, _, err := h.Contracts.Get(t.Context(), h.Brand, strings.TrimPrefix(path, "/contracts/"))
	apptest.Must(t, err)
	apptest.Must(t, h.Contracts.StoreCertificate(t.Context(), c.ID, []byte("%PDF-1.7 certificate")))
	done := h.AsBrand.Get(path)
	if !done.HasTexts("Signed by both sides on") || done.Find("#signature").Length() != 0 {
		t.Errorf("signed, it reads: %s", done.Find("main").Text())
	}
	if p := h.AsBrand.Get(path + "/certificate.pdf"); p.Status != http.StatusOK || !strings.HasPrefix(p.Body, "%PDF-") {
		t.Errorf("the certificate is %d", p.Status)
	}
	if s := check(strings.ToUpper(hash)); !strings.Contains(s, "Valid: signed by both sides on") {
		t.Errorf("signed, the check says: %s", s)
	}
	if p := h.NewBrowser(t).Get("/check").Submit("main form[action='/check']", url.Values{"hash": {"abc"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong hash led to %d", p.Status)
	}
}

// A proof of a quarter of an hour ago is asked for again, and nothing is signed.
func TestSigningNeedsAFreshProof(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal := h.AcceptedDeal(t, nil).Path
	h.AsBrand.Get(deal).Submit("form[action$='/contract']", nil)
	for b, name := range map[*apptest.Browser]string{h.AsBrand: "Fonte SARL", h.AsCreator: "Penne"} {
		b.Get("/settings/contract-identity").Submit("main form[action='/settings/contract-identity']", identityOf(name))
	}
	path := h.AsBrand.Get(deal).Find("#contract a[href^='/contracts/']").AttrOr("href", "")
	prepare(t, h, path)
	page := h.AsBrand.Get(path)
	if name := strings.Join(strings.Fields(page.Find("form[action$='/reminder'] button").Text()), " "); name != "Send a reminder to Penne Trial" {
		t.Errorf("the button of a reminder is named %q", name)
	}
	if p := page.Submit("form[action$='/reminder']", nil); p.Status != http.StatusOK || !p.HasTexts("The reminder is sent.", "You reminded") || p.Find("form[action$='/reminder']").Length() != 0 {
		t.Errorf("a reminder led to %d: %s", p.Status, p.Find("main").Text())
	}
	if p := h.AsBrand.Get(path).Post(path+"/reminder", url.Values{"version": {"99"}}); p.Status != http.StatusConflict || !p.HasTexts("One a day is enough.") {
		t.Errorf("a second reminder led to %d: %s", p.Status, p.Find("main").Text())
	}
	if p := h.AsCreator.Get(deal); !p.HasTexts("reminded") {
		t.Errorf("the history of the deal reads: %s", p.Find("main").Text())
	}
	h.Clock.Advance(16 * time.Minute)
	proof := page.Submit("#signature", url.Values{"name": {"Flo Fonte"}, "role": {"Head"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}})
	if proof.Path != "/confirm-identity" {
		t.Errorf("an old proof led to %d %s", proof.Status, proof.Path)
	}
	if p := h.AsBrand.Get(path); p.Find("#signature").Length() != 0 || p.Find("a[href^='/confirm-identity']").Length() == 0 || apptest.Count(t, h.App, "SELECT count(*) FROM contract_signatures") != 0 {
		t.Errorf("with an old proof the page reads: %s", p.Find("main").Text())
	}
	// With a fresh one, what was typed is there; what was ticked is not.
	proven := proof.Submit("main form", url.Values{"password": {apptest.Password}})
	if proven.Path != path || proven.Find("#f-name").AttrOr("value", "") != "Flo Fonte" || proven.Find("#f-role").AttrOr("value", "") != "Head" || proven.Find("#signature [checked]").Length() != 0 {
		t.Errorf("a proof led to %d %s: %s", proven.Status, proven.Path, proven.Find("#sign").Text())
	}
	empty := proven.Submit("#signature", url.Values{"name": {" "}, "role": {"Head"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}})
	if empty.Status != http.StatusUnprocessableEntity || !empty.HasTexts("Your full name: Enter an answer.") || empty.Find("#f-role").AttrOr("value", "") != "Head" {
		t.Errorf("without a name it is %d: %s", empty.Status, empty.Find("#error-summary").Text())
	}
	// A document that is another one by now: the page says so, and keeps what was typed.
	other := proven.Post(path+"/signature", url.Values{"hash": {strings.Repeat("0", 64)}, "name": {"Flo F."}, "role": {"Chief"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}})
	if other.Status != http.StatusConflict || other.Find("#f-name").AttrOr("value", "") != "Flo F." || h.AsBrand.Get(path).Find("#f-role").AttrOr("value", "") != "Chief" {
		t.Errorf("another document is %d: %s", other.Status, other.Find("#sign").Text())
	}
	h.AsBrand.Get(path).Submit("#signature", url.Values{"name": {"Flo F."}, "role": {"Chief"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}})
	if p := h.AsBrand.Get(path); apptest.Count(t, h.App, "SELECT count(*) FROM contract_signatures") != 1 || p.Find("#signature").Length() != 0 {
		t.Errorf("once it is signed the page reads: %s", p.Find("main").Text())
	}
}

// Who signs for a brand is said to both sides; a creator signs alone.
func TestSomebodyElseOfTheBrandIsAskedToSign(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal := h.AcceptedDeal(t, nil).Path
	h.AsBrand.Get(deal).Submit("form[action$='/contract']", nil)
	for b, name := range map[*apptest.Browser]string{h.AsBrand: "Fonte SARL", h.AsCreator: "Penne"} {
		b.Get("/settings/contract-identity").Submit("main form[action='/settings/contract-identity']", identityOf(name))
	}
	path := h.AsBrand.Get(deal).Find("#contract a[href^='/contracts/']").AttrOr("href", "")
	prepare(t, h, path)
	asManager, _ := h.SignedInMember(t, h.Brand, models.RoleManager)
	page := h.AsBrand.Get(path)
	ref := page.Find("#signer option").FilterFunction(func(_ int, o *goquery.Selection) bool { return o.Text() == "A manager" }).AttrOr("value", "")
	if p := page.Submit("#signer", url.Values{"signer": {"guessed"}}); p.Status != http.StatusUnprocessableEntity || p.Find("#f-signer-error").Length() != 1 {
		t.Fatalf("somebody who may not sign led to %d: %s", p.Status, p.Find("main").Text())
	}
	if p := page.Submit("#signer", url.Values{"signer": {ref}}); p.Status != http.StatusOK || p.Find("#signature").Length() != 0 || !p.HasTexts("A manager is asked to sign. To sign yourself, choose yourself below.") {
		t.Fatalf("asking somebody else led to %d: %s", p.Status, p.Find("main").Text())
	}
	if p := page.Submit("#signer", url.Values{"signer": {""}}); p.Status != http.StatusConflict {
		t.Errorf("a stale page led to %d", p.Status)
	}
	if p := h.AsCreator.Get(path); !p.HasTexts("A manager is asked to sign", "You sign for yourself: nobody else can.") || p.Find("#signer").Length() != 0 {
		t.Errorf("the creator reads: %s", p.Find("main").Text())
	}
	if p := asManager.Get(path); !p.HasTexts("You are asked to sign.") || p.Find("#signature").Length() != 1 {
		t.Errorf("who is asked reads: %s", p.Find("main").Text())
	}
}
