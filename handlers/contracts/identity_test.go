package contracts_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/contracts"
)

const (
	identityPath = "/settings/contract-identity"
	identityForm = "main form[action='/settings/contract-identity']"
)

func TestACreatorSaysWhoTheyAreInContracts(t *testing.T) {
	t.Parallel()
	ctx, a := context.Background(), apptest.New(t)
	creator, _ := a.JoinCreator(t, "penne.sandbox")
	b := a.SignedInCreator(t, "penne.sandbox")
	p := b.Get(identityPath)
	if !p.HasTexts("Nothing is saved yet", "first and last name") {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	answers := url.Values{"legal_name": {"Penne <Rue>"}, "address": {"1 rue\r\n75000 Paris"}, "email": {"penne"}, "country": {"FR"}, "registration": {"303 265 045"}, "vat": {"FR41303265045"}}
	p = p.Submit(identityForm, answers)
	if p.Status != 422 || p.Find("#f-email[aria-invalid]").Length() != 1 || p.Find("#f-vat[aria-invalid]").Length() != 1 || p.Find("#error-summary a").Length() != 2 {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	for id, want := range map[string]string{"legal_name": "Penne <Rue>", "email": "penne", "registration": "303 265 045", "vat": "FR41303265045"} {
		if got := p.Find("#f-"+id).AttrOr("value", ""); got != want {
			t.Errorf("%s: %q is not kept", id, got)
		}
	}
	if p.Find("#f-address").Text() != "1 rue\n75000 Paris" && p.Find("#f-address").Text() != "1 rue\r\n75000 Paris" || p.Find("#f-country option[selected]").AttrOr("value", "") != "FR" {
		t.Errorf("the address or the country is not kept")
	}
	answers.Set("legal_name", "Penne \U00012000") // cuneiform
	if q := p.Submit(identityForm, answers); q.Status != 422 || !q.HasTexts("cannot print \U00012000 (U+12000)") {
		t.Errorf("a letter that no font has: %d %s", q.Status, q.Find("#error-summary").Text())
	}
	answers.Set("legal_name", "Penne <Rue>")
	answers.Set("email", "penne@mail.example")
	answers.Set("vat", "FR 40 303 265 045")
	p = p.Submit(identityForm, answers)
	if p.Status != 200 || !p.HasTexts("Saved", "counts for the next contract") || p.HasTexts("Nothing is saved yet") || p.Find("#f-vat").AttrOr("value", "") != "FR40303265045" {
		t.Errorf("%d %s", p.Status, p.Text())
	}
	if i, err := a.Contracts.Identity(ctx, contracts.PartyOf(creator)); err != nil || !i.IsComplete() || i.LegalName != "Penne <Rue>" {
		t.Errorf("%+v, %v", i, err)
	}
}

// What a brand said about its business fills the form in, and nothing else sees the answers.
func TestABrandsIdentityIsItsOwnPeoples(t *testing.T) {
	t.Parallel()
	ctx, a := context.Background(), apptest.New(t)
	pans := a.SignUpBrand(t, "pans")
	apptest.Must(t, a.DB.Read(ctx).Exec("UPDATE brands SET legal_name = 'Pans BV', postal_address = '1 Street', legal_country = 'BE', vat_number = 'BE0403019261' WHERE id = ?", pans.BrandID).Error)
	manager, _ := a.SignedInMember(t, pans, models.RoleManager)
	p := manager.Get(identityPath)
	if p.Find("#f-legal_name").AttrOr("value", "") != "Pans BV" || p.Find("#f-vat").AttrOr("value", "") != "BE0403019261" || !p.HasTexts("Nothing is saved yet") {
		t.Errorf("%d %s", p.Status, p.Text())
	}
	if i, err := a.Contracts.Identity(ctx, contracts.PartyOf(pans)); err != nil || i.IsComplete() {
		t.Errorf("looking saved %+v, %v", i, err)
	}
	if p = p.Submit(identityForm, url.Values{"legal_name": {"Pans canary BV"}}); p.Status != 200 || !p.HasTexts("Saved") {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	viewer, _ := a.SignedInMember(t, pans, models.RoleViewer)
	if p := viewer.Get(identityPath); p.Status != 403 || strings.Contains(p.Body, "canary") {
		t.Errorf("a viewer: %d", p.Status)
	}
	if p := viewer.Get("/settings").Post(identityPath, url.Values{"legal_name": {"x"}}); p.Status != 403 {
		t.Errorf("a viewer saves: %d", p.Status)
	}
	own, err := a.Accounts.OwnBrand(ctx, pans)
	apptest.Must(t, err)
	a.JoinCreator(t, "penne.sandbox")
	if p := a.SignedInCreator(t, "penne.sandbox").Get("/b/" + own.PublicID); strings.Contains(p.Body, "canary") {
		t.Error("the brand's page shows it")
	}
}

// A wrong letter in a name is corrected, in the contract that waits for signatures too.
func TestACorrectionGoesIntoAContractThatNobodyHasSigned(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal := h.AcceptedDeal(t, nil).Path
	h.AsBrand.Get(deal).Submit("form[action$='/contract']", nil)
	for b, name := range map[*apptest.Browser]string{h.AsBrand: "Fonte SRAL", h.AsCreator: "Penne"} {
		if p := b.Get(identityPath); !p.HasTexts("goes into these contracts, which nobody has signed yet", "Pan & lid") {
			t.Errorf("before, the page reads: %s", p.Find("main").Text())
		} else if p = p.Submit(identityForm, identityOf(name)); !p.HasTexts("It goes into the contracts that nobody has signed yet.") || p.HasTexts("counts for the next contract.") {
			t.Errorf("saved, the page reads: %s", p.Find("main").Text())
		}
	}
	path := h.AsBrand.Get(deal).Find("#contract a[href^='/contracts/']").AttrOr("href", "")
	prepare(t, h, path)
	old := h.AsBrand.Get(path)
	if old.Find("main a[href='"+identityPath+"']").Length() != 1 {
		t.Error("the contract does not lead to where a name is corrected")
	}
	h.AsBrand.Get(identityPath).Submit(identityForm, identityOf("Fonte SARL"))
	ticks := url.Values{"name": {"A"}, "role": {"B"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}}
	sign := func() {
		t.Helper()
		if p := old.Submit("#signature", ticks); p.Status != 409 || !p.HasTexts("You were shown another document") || apptest.Count(t, h.App, "SELECT count(*) FROM contract_signatures") != 0 {
			t.Errorf("signing what was shown before led to %d: %s", p.Status, p.Find("main").Text())
		}
	}
	sign()
	if p := h.AsCreator.Get(deal); !p.HasTexts("changed who it is in the contract") {
		t.Errorf("the history of the deal reads: %s", p.Find("main").Text())
	}
	prepare(t, h, path)
	sign()
	if now := h.AsBrand.Get(path); now.Find("main code").Text() == old.Find("main code").Text() {
		t.Error("the document is the same as before")
	}
	apptest.Must(t, h.DB.Read(t.Context()).Exec("UPDATE people SET email_confirmed_at = created_at").Error)
	if p := h.AsBrand.Get(path).Submit("#signature", ticks); p.Status != 200 {
		t.Fatalf("signing what is shown now led to %d: %s", p.Status, p.Find("main").Text())
	}
	if p := h.AsCreator.Get(identityPath); !p.HasTexts("so they stay as they are") {
		t.Errorf("after a signature the page reads: %s", p.Find("main").Text())
	} else if p = p.Submit(identityForm, identityOf("Pennne")); !p.HasTexts("Saved. It counts for the next contract.") {
		t.Errorf("after a signature saving says: %s", p.Find("main").Text())
	}
}
