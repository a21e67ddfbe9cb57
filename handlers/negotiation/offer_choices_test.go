package negotiation_test

import (
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// The form offers what can be: political aims once an administrator allows them, and a child
// in the content where the creator's country has a rule for it; elsewhere it says so.
func TestTheFormOffersOnlyWhatCanBe(t *testing.T) {
	t.Parallel()
	h := newPitching(t)
	path := "/c/" + h.CreatorID + "/negotiations/new"
	for country, rule := range map[string]bool{"FR": true, "JP": false} {
		h.exec(t, "UPDATE creators SET country = ? WHERE public_id = ?", country, h.CreatorID)
		p := h.AsBrand.Get(path)
		if p.Find("#offer [name=child]").Length() == 1 != rule || p.HasTexts("A child may not appear in the content") == rule {
			t.Errorf("in %s the form asks about a child: %d", country, p.Find("#offer [name=child]").Length())
		}
	}
	for path, b := range map[string]*apptest.Browser{path: h.AsBrand, h.form(): h.AsCreator} {
		if p := b.Get(path); p.Find("#offer [name=objective] option[value=political]").Length() != 0 || p.Find("#offer [name=objective] option[value=sales]").Length() != 1 {
			t.Errorf("%s offers political aims", path)
		}
	}
	if p := h.AsBrand.Get(path).Submit("#offer", h.Offer(url.Values{"objective": {"political"}})); p.Status != 422 || p.Find("#offer [name=objective] option[value=political][selected]").Length() != 1 {
		t.Errorf("what was chosen is gone: %d", p.Status)
	}
	h.exec(t, "UPDATE brands SET political_allowed = TRUE, political_reason = 'A test' WHERE id = ?", h.Brand.BrandID)
	if p := h.AsCreator.Get(h.form()); p.Find("#offer [name=objective] option[value=political]").Length() != 1 {
		t.Error("it is not offered although it is allowed")
	}
}

// The button that fills the creator's prices in is there from the first page on.
func TestPricesCanBeFilledInFromTheFirstPage(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := "/c/" + h.CreatorID + "/negotiations/new"
	if p := h.AsBrand.Get(path); p.Find("#offer [name=fill]").Length() != 0 {
		t.Error("a creator without prices has some")
	}
	h.AsCreator.Get("/settings/profile").Submit("form[action='/settings/profile'][method=post]", url.Values{"price_video": {"250"}, "price_video_currency": {"EUR"}})
	p := h.AsBrand.Get(path)
	if p.Find("#offer button[name=fill]").Length() != 1 || !p.HasTexts("once deliverables are chosen") {
		t.Fatalf("the reward's part says: %s", p.Find("#reward").Text())
	}
	typed := h.Offer(url.Values{"fee": {""}, "fill": {"prices"}})
	if got := apptest.FormValues(p.Submit("#offer", typed).Find("#offer")); got.Get("fee") != "500.00" {
		t.Errorf("it fills in %q", got.Get("fee"))
	}
}

// A creator who refuses some categories is asked about with all that is missing, not afterwards.
func TestAllThatIsMissingIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	h := newPitching(t)
	h.exec(t, "INSERT INTO creator_refusals (creator_id, category) SELECT id, 'alcohol' FROM creators WHERE public_id = ?", h.CreatorID)
	for _, look := range []string{"", "1"} {
		p := h.AsBrand.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", h.Offer(url.Values{"product": {""}, "fee": {""}, "category": {""}, "look": {look}}))
		for _, field := range []string{"product", "fee", "category"} {
			if p.Status != 422 || p.Find("#offer [name="+field+"][aria-invalid]").Length() != 1 || p.Find("#error-summary a[href='#f-"+field+"']").Length() != 1 {
				t.Errorf("look %q: %d, %s is not named: %s", look, p.Status, field, p.Find("#error-summary").Text())
			}
		}
	}
}
