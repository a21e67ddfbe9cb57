package negotiation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// Who answers an offer that has been replaced meanwhile reads what it changed, and answers
// nothing by that.
func TestAnAnswerToAnEarlierOfferShowsWhatChanged(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	sent := h.SendProposal(t, nil)
	read, stale := h.AsCreator.Get(sent.Path), h.AsCreator.Get(sent.Path+"/offers/new")
	changed := h.AsBrand.Get(sent.Path+"/offers/new").Submit("#offer", url.Values{"fee": {"399"}, "rights[0].days": {"90"}})
	if changed.Status != http.StatusOK || changed.Path != sent.Path {
		t.Fatalf("changing the offer led to %d %s: %s", changed.Status, changed.Path, changed.Find("#error-summary").Text())
	}
	for button, answers := range map[string]url.Values{"form[action$='/acceptance']": nil, "form[action$='/refusal']": {"reason": {"Too little light"}}} {
		p := read.Submit(button, answers)
		if p.Status != http.StatusConflict || !p.HasTexts("Offer 2 is the latest now", "€399.00", "€420.50", "90 days", "Accept offer 2") {
			t.Errorf("%s is %d: %s", button, p.Status, p.Find("main").Text())
		}
	}
	if p := read.Submit("form[action$='/refusal']", url.Values{"reason": {"Too little light"}}); !p.HasTexts("Too little light") {
		t.Error("the reason that was typed is gone")
	}
	for _, none := range []url.Values{{}, {"offer": {"0"}}} {
		if p := read.Post(sent.Path+"/acceptance", none); p.Status != http.StatusConflict {
			t.Errorf("accepting no offer is %d", p.Status)
		}
	}
	answer := stale.Submit("#offer", url.Values{"fee": {"555"}})
	if got := answer.Find("#clauses").Text(); answer.Status != http.StatusConflict || answer.Find("[name=fee]").AttrOr("value", "") != "555" || !strings.Contains(got, "€399.00") || !strings.Contains(got, "€420.50") || !strings.Contains(got, "90 days") {
		t.Errorf("a counter-offer to the earlier one is %d: %s", answer.Status, answer.Find("main").Text())
	}
	form := h.AsCreator.Get(sent.Path + "/offers/new")
	if p := h.AsCreator.Get(sent.Path).Submit("form[action$='/acceptance']", nil); p.Status != http.StatusOK {
		t.Fatalf("accepting the latest is %d", p.Status)
	}
	late := form.Submit("#offer", url.Values{"fee": {"500"}})
	if late.Status != http.StatusConflict || late.Find("[name=fee]").AttrOr("value", "") != "500" {
		t.Errorf("a counter-offer after the yes is %d, its fee %q", late.Status, late.Find("[name=fee]").AttrOr("value", ""))
	}
}
