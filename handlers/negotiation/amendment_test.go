package negotiation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/contracts"
	contractsview "tribemarket/views/contracts"
)

// signedDeal is a deal of two videos whose contract both sides have signed, with the paths of
// both. Whoever signs has proven who they are a moment ago.
func signedDeal(t *testing.T, h apptest.Partnership) (deal, contract string) {
	t.Helper()
	exec(t, h, "UPDATE people SET email = coalesce(email, 'p' || id || '@mail.example'), email_confirmed_at = created_at")
	deal = h.AcceptedDeal(t, nil).Path
	h.AsBrand.Get(deal).Submit("form[action$='/contract']", nil)
	for b, name := range map[*apptest.Browser]string{h.AsBrand: "Fonte SARL", h.AsCreator: "Penne"} {
		b.Get("/settings/contract-identity").Submit("main form[action='/settings/contract-identity']", url.Values{"legal_name": {name}, "address": {"1 Street\nTown"}, "email": {"legal@mail.example"}, "country": {"BE"}})
	}
	contract = h.AsBrand.Get(deal).Find("#contract a[href^='/contracts/']").AttrOr("href", "")
	makeDocument(t, h, contract)
	h.AsCreator.ProveByCode(contract)
	for _, b := range []*apptest.Browser{h.AsBrand, h.AsCreator} {
		sign(t, b, contract)
	}
	return deal, contract
}

func exec(t *testing.T, h apptest.Partnership, statement string) {
	t.Helper()
	apptest.Must(t, h.DB.Read(t.Context()).Exec(statement).Error)
}

// makeDocument makes the document of a contract with its text, as the job does.
func makeDocument(t *testing.T, h apptest.Partnership, path string) {
	t.Helper()
	c, _, err := h.Contracts.Get(t.Context(), h.Brand, strings.TrimPrefix(path, "/contracts/"))
	apptest.Must(t, err)
	d, due, err := h.Contracts.ReadDraft(t.Context(), c.ID)
	if apptest.Must(t, err); !due {
		t.Fatalf("no document is due: %+v", c)
	}
	apptest.Must(t, h.Contracts.StoreDocument(t.Context(), d, []byte("%PDF-1.7 of "+path), contractsview.PresentContractText(t.Context(), d)))
}

func sign(t *testing.T, b *apptest.Browser, path string) {
	t.Helper()
	p := b.Get(path).Submit("#signature", url.Values{"name": {"A. Signer"}, "role": {"Owner"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}})
	if p.Status != http.StatusOK || !p.HasTexts("You have signed.") {
		t.Fatalf("signing led to %d: %s", p.Status, p.Find("main").Text())
	}
}

const proposing = "form:not(:has([name=count])):has([name=key])"

func TestFromTheSignedContractToItsAmendment(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal, first := signedDeal(t, h)
	hash := strings.TrimSpace(h.AsCreator.Get(first).Find("#document code").Text())
	form := h.AsCreator.Get(h.AsCreator.Get(first).Find("#versions a[href$='/amendments/new']").AttrOr("href", ""))
	if form.Find("#offer [name=product][type=hidden]").Length() != 1 || form.Find("#offer [name=currency] option").Length() != 1 || form.Find("[name='deliverables[0].due_on']").Length() != 1 {
		t.Fatalf("the form: %d %s", form.Status, form.Find("main").Text())
	}
	if p := form.Submit("#offer", url.Values{"look": {"1"}}); p.Status != http.StatusUnprocessableEntity || !p.HasTexts("This says the same as the contract in force.") {
		t.Errorf("no change led to %d: %s", p.Status, p.Find("#error-summary").Text())
	}
	wrong := form.Submit("#offer", url.Values{"look": {"1"}, "fee": {"much"}, "message": {"It takes longer."}, "product": {"Another"}})
	if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("#f-message").Text() != "It takes longer." || wrong.Find("#f-fee").AttrOr("value", "") != "much" || !wrong.HasTexts("This stays as it is signed.") {
		t.Errorf("wrong answers led to %d: %s", wrong.Status, wrong.Find("main").Text())
	}
	meanwhile := h.AsBrand.Get(first + "/amendments/new")
	look := form.Submit("#offer", url.Values{"look": {"1"}, "fee": {"1,500"}, "message": {"It takes longer."}, "deliverables[0].due_on": {"2026-12-24"}})
	if look.Status != http.StatusOK || !look.HasTexts("Nothing has been sent yet.", "€1,500.00", "instead of", "It takes longer.", "Compared with the contract in force") {
		t.Fatalf("the last look is %d: %s", look.Status, look.Find("main").Text())
	}
	if back := look.Submit("form:has([name=count])", nil); back.Find("#f-fee").AttrOr("value", "") != "1,500" {
		t.Errorf("changing leads to %d with %q", back.Status, back.Find("#f-fee").AttrOr("value", ""))
	}
	proposed, again := look.Submit(proposing, nil), look.Submit(proposing, nil)
	if proposed.Status != http.StatusOK || !strings.HasPrefix(proposed.Path, "/contracts/") || again.Path != proposed.Path {
		t.Fatalf("proposing led to %d %s and %s: %s", proposed.Status, proposed.Path, again.Path, proposed.Find("main").Text())
	}
	path := proposed.Path
	makeDocument(t, h, path)
	page := h.AsBrand.Get(path)
	if !page.HasTexts("Amendment for Pan & lid", "It takes longer.", "Penne Trial proposes to amend the contract.", hash, "What changes", "Before: ", "Now: €1,500.00", "the contract in force and the deal go on") || page.Find("form[action$='/withdrawal']").Length() != 0 {
		t.Errorf("the brand reads: %s", page.Find("main").Text())
	}
	if p := h.AsBrand.Get(first); !p.HasTexts("Penne Trial proposes to amend the contract.", "Read and sign the amendment by") || p.Find("a[href$='/amendments/new']").Length() != 0 {
		t.Errorf("the contract in force reads: %s", p.Find("main").Text())
	}
	if p := h.AsBrand.Get(first + "/amendments/new"); p.Status != http.StatusConflict {
		t.Errorf("a second one is %d", p.Status)
	}
	for _, button := range []string{"look", "count", "add"} {
		typed := url.Values{button: {map[string]string{"look": "1", "count": "1", "add": "deliverables"}[button]}, "fee": {"1,111"}, "message": {"We have less."}}
		late := meanwhile.Submit("#offer", typed)
		if late.Status != http.StatusConflict || late.Find("#f-fee").AttrOr("value", "") != "1,111" || late.Find("#f-message").Text() != "We have less." || late.Find("#refused a[href='"+first+"']").Length() != 1 {
			t.Errorf("%s in a form of the other side from before is %d: %s", button, late.Status, late.Find("main").Text())
		}
	}
	if p := h.AsBrand.Get(deal); !p.HasTexts("Penne Trial proposes to amend the contract.", "Open the amendment") || strings.Contains(p.Find("#terms").Text(), "1,500") {
		t.Errorf("the deal reads: %s", p.Find("main").Text())
	}
	for _, b := range []*apptest.Browser{h.AsBrand, h.AsCreator} {
		sign(t, b, path)
	}
	now := h.AsCreator.Get(deal)
	if !now.HasTexts("€1,500.00", "The amendment is signed by both sides", "In force", "Amended on", "Contract 1", "Contract 2") || strings.Count(now.Find("#history").Text(), "its terms count from now on") != 1 {
		t.Errorf("signed, the deal reads: %s", now.Find("main").Text())
	}
	if p := h.AsCreator.Get(first); !p.HasTexts("Amended on", "In force") || p.Find("a[href$='/amendments/new']").Length() != 0 || h.AsCreator.Get(first+"/contract.pdf").Status != http.StatusOK {
		t.Errorf("the first contract reads: %s", p.Find("main").Text())
	}
	check := h.NewBrowser(t).Get("/check").Submit("main form[action='/check']", url.Values{"hash": {hash}})
	if !check.HasTexts("Valid: signed by both sides on", "A later contract between the same two amends it.") {
		t.Errorf("the check says: %s", check.Find("main").Text())
	}
}

func TestADeclinedAmendmentLeavesTheContractInForce(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal, first := signedDeal(t, h)
	before := h.AsBrand.Get(deal).Find("#terms").Text()
	propose := func() string {
		look := h.AsBrand.Get(first+"/amendments/new").Submit("#offer", url.Values{"look": {"1"}, "fee": {"900"}})
		return look.Submit(proposing, nil).Path
	}
	path := propose()
	makeDocument(t, h, path)
	sign(t, h.AsBrand, path)
	if p := h.AsCreator.Get(path).Submit("#refusal", url.Values{"decline-reason": {"Too little."}, "reason": {"Too little."}}); p.Status != http.StatusOK || !p.HasTexts("Declined on") {
		t.Errorf("declining led to %d: %s", p.Status, p.Find("main").Text())
	}
	second := propose()
	if p := h.AsCreator.Get(second).Post(second+"/withdrawal", nil); p.Status != http.StatusConflict {
		t.Errorf("the other side withdraws: %d", p.Status)
	}
	if p := h.AsBrand.Get(second).Submit("form[action$='/withdrawal']", nil); p.Status != http.StatusOK || !p.HasTexts("The amendment is withdrawn.") {
		t.Errorf("withdrawing led to %d: %s", p.Status, p.Find("main").Text())
	}
	now := h.AsBrand.Get(deal)
	if now.Find("#terms").Text() != before || !now.HasTexts("Signed by both sides on") || apptest.Count(t, h.App, "SELECT count(*) FROM deals WHERE ended_at IS NULL") != 1 {
		t.Errorf("the deal reads: %s", now.Find("main").Text())
	}
}

// Where somebody approves what a brand agrees to, who does not learns who can: nothing is sent,
// and the other side sees nothing.
func TestWhoDoesNotApproveNeitherProposesNorSigns(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	deal, first := signedDeal(t, h)
	asManager, _ := h.SignedInMember(t, h.Brand, models.RoleManager)
	exec(t, h, "UPDATE people SET email = coalesce(email, 'p' || id || '@mail.example'), email_confirmed_at = created_at")
	exec(t, h, "UPDATE brands SET approver_id = (SELECT person_id FROM members WHERE role = 'owner' AND brand_id = brands.id), approval_minor = 100, approval_currency = 'EUR'")
	form := asManager.Get(first + "/amendments/new")
	refused := form.Submit("#offer", url.Values{"look": {"1"}, "fee": {"900"}, "message": {"Because."}})
	if refused.Status != http.StatusConflict || !refused.HasTexts("proposed only by those who approve:") || refused.Find("#f-message").Text() != "Because." {
		t.Errorf("looking led to %d: %s", refused.Status, refused.Find("main").Text())
	}
	if p := form.Submit("#offer", url.Values{"fee": {"900"}}); p.Status != http.StatusConflict || apptest.Count(t, h.App, "SELECT count(*) FROM contracts") != 1 {
		t.Errorf("proposing led to %d", p.Status)
	}
	look := h.AsCreator.Get(first+"/amendments/new").Submit("#offer", url.Values{"look": {"1"}, "fee": {"900"}})
	path := look.Submit(proposing, nil).Path
	makeDocument(t, h, path)
	p := asManager.Get(path).Submit("#signature", url.Values{"name": {"A"}, "role": {"B"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}})
	if p.Status != http.StatusConflict || !p.HasTexts("signed only by those who approve:") || p.Find("#signer").Length() != 1 {
		t.Errorf("signing led to %d: %s", p.Status, p.Find("main").Text())
	}
	for _, page := range []string{deal, path} {
		if p := h.AsCreator.Get(page); strings.Contains(p.Find("main").Text(), "approve:") {
			t.Errorf("the creator reads on %s: %s", page, p.Find("main").Text())
		}
	}
	if c, _, err := h.Contracts.Get(t.Context(), h.Brand, strings.TrimPrefix(path, "/contracts/")); err != nil || c.State != contracts.Ready {
		t.Errorf("%s %v", c.State, err)
	}
}

// A day that has moved is shown as it is now, with the agreed one beside it; leaving it changes
// neither.
func TestTheFormOfAnAmendmentSaysWhichDayIsAgreed(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	_, contract := signedDeal(t, h)
	form := h.AsCreator.Get(contract + "/amendments/new")
	agreed := form.Find("[name='deliverables[0].due_on']").AttrOr("value", "")
	exec(t, h, "UPDATE deliverables SET held_days = 3")
	form = h.AsCreator.Get(contract + "/amendments/new")
	line := form.Find("fieldset:has([name='deliverables[0].due_on'])")
	if due := line.Find("[name='deliverables[0].due_on']").AttrOr("value", ""); due == agreed || !strings.Contains(line.Text(), "later now because the work had to wait") {
		t.Errorf("due on %s, agreed for %s: %s", due, agreed, line.Text())
	}
	look := form.Submit("#offer", url.Values{"look": {"1"}, "fee": {"1,500"}})
	if look.Status != http.StatusOK || !look.HasTexts("What is due later because the work had to wait stays where it is.") || look.Find(".diff li:not(.same)").Length() != 1 {
		t.Errorf("the last look is %d: %s", look.Status, look.Find("main").Text())
	}
	back := form.Submit("#offer", url.Values{"look": {"1"}, "deliverables[0].due_on": {agreed}})
	if back.Status != http.StatusUnprocessableEntity || !back.HasTexts("This is the agreed day, which is later now") {
		t.Errorf("the agreed day leads to %d: %s", back.Status, back.Find("#error-summary").Text())
	}
}

// The second signature would change a deal that is on hold, so the page doesn't ask for it.
func TestAnAmendmentOfAHeldDealIsSignedOnceItGoesOn(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	_, first := signedDeal(t, h)
	path := h.AsCreator.Get(first+"/amendments/new").Submit("#offer", url.Values{"look": {"1"}, "fee": {"1,500"}}).Submit(proposing, nil).Path
	makeDocument(t, h, path)
	sign(t, h.AsBrand, path)
	asked := h.AsCreator.Get(path)
	h.SuspendBrand(t, h.Brand)
	held := h.AsCreator.Get(path)
	if held.Find("#signature").Length() != 0 || !held.HasTexts("The amendment can be signed once it goes on; until then its time does not run.") {
		t.Errorf("on hold: %s", held.Find("#sign").Text())
	}
	answers := url.Values{"name": {"A. Signer"}, "role": {"Owner"}, "authority": {"yes"}, "adult": {"yes"}, "agreed": {"yes"}}
	if p := asked.Submit("#signature", answers); p.Status != http.StatusConflict || !p.HasTexts("The amendment can be signed once it goes on") {
		t.Errorf("a form from before led to %d: %s", p.Status, p.Find("main").Text())
	}
}

// What is agreed is not added up again at the creator's prices: the page says what is approved,
// what is new, and what the fee is with it.
func TestTheSumOfAnAmendmentIsOfWhatIsNew(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	h.AsCreator.Get("/settings/profile").Submit("form[action='/settings/profile'][method=post]", url.Values{"price_video": {"250"}, "price_video_currency": {"EUR"}, "add_on_rights": {"20"}, "add_on_rush": {"10"}})
	deal, contract := signedDeal(t, h)
	h.AsCreator.Get(deal).Submit("form[action$='/1/draft']", url.Values{"draft_url": {"https://drafts.example/one"}})
	if p := h.AsBrand.Get(deal).Submit("form[action$='/1/approval']", nil); p.Status != http.StatusOK {
		t.Fatalf("approving led to %d", p.Status)
	}
	form := h.AsBrand.Get(contract + "/amendments/new")
	if got := form.Find("#beside").Text(); !strings.Contains(got, "2 deliverables, of which 1 is approved") || !strings.Contains(got, "Agreed fee") || strings.Contains(got, "At starting prices") || strings.Contains(got, "€500.00") {
		t.Errorf("before anything is new: %s", got)
	}
	more := form.Submit("#offer", url.Values{"add": {"deliverables"}})
	filled := more.Submit("#offer", url.Values{
		"deliverables[2].content_type": {"review"}, "deliverables[2].format": {"video"}, "deliverables[2].platform": {"tiktok"}, "deliverables[2].due_on": {"2026-12-30"}, "fill": {"prices"},
	})
	got := filled.Find("#beside").Text()
	for _, part := range []string{"3 deliverables, of which 1 is approved and 1 is new", "€420.50", "€250.00", "€50.00", "With what is new, at starting prices", "Fee after the amendment", "€720.50"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is missing in %s", part, got)
		}
	}
	if fee, rights := filled.Find("#f-fee").AttrOr("value", ""), filled.Find("#f-rights_fee").AttrOr("value", ""); fee != "670.50" || rights != "50.00" {
		t.Errorf("filled in are %q and %q", fee, rights)
	}
}
