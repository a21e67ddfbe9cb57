package negotiation_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
)

// From every end of a negotiation, and from an ended deal, it takes one click to the last look
// and one to send. Days that have passed move, and the page says so.
func TestProposingAgainTakesTwoClicks(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	ends := map[string]func() string{
		"declined": func() string {
			sent := h.SendProposal(t, nil)
			h.AsCreator.Get(sent.Path).Submit("form[action$='/refusal']", map[string][]string{"reason": {"Too early"}})
			return sent.Path
		},
		"withdrawn": func() string {
			sent := h.SendProposal(t, nil)
			if details := sent.Find("details:has(form[action$='/withdrawal'])"); details.Length() != 1 || !strings.Contains(details.Text(), "Penne Trial can then no longer answer it.") {
				t.Errorf("withdrawing does not ask: %s", sent.Find(".turn-card").Text())
			}
			return sent.Submit("form[action$='/withdrawal']", nil).Path
		},
		"an ended deal": func() string {
			deal := h.AcceptedDeal(t, nil)
			return deal.Submit("form[action$='/ending']", map[string][]string{"reason": {"It does not work out."}}).Path
		},
		"expired": func() string { return h.SendProposal(t, nil).Path },
	}
	for _, end := range []string{"declined", "withdrawn", "an ended deal", "expired"} {
		path := ends[end]()
		if end == "expired" {
			h.Clock.Advance(20 * 24 * time.Hour)
			h.AsBrand = h.SignedInBrand(t, "Fonte") // the session has ended
		}
		look := h.AsBrand.Get(path).Submit("form:has([name=again])", nil)
		if look.Status != http.StatusOK || !look.HasTexts("Filled in with the terms of Pan & lid.", "Nothing has been sent yet.", "€420.50") {
			t.Fatalf("%s: %d %s", end, look.Status, look.Find("main").Text())
		}
		if moved := look.HasTexts("Its days had passed: all have moved by 20 days."); moved != (end == "expired") {
			t.Errorf("%s: the days are said to have moved: %v", end, moved)
		}
		sent := look.Submit("form:not(:has([name=count])):has([name=key])", nil)
		if sent.Status != http.StatusOK || !strings.HasPrefix(sent.Path, "/negotiations/") || sent.Path == path || !sent.HasTexts("Penne Trial answers by") {
			t.Errorf("%s: sending led to %d %s: %s", end, sent.Status, sent.Path, sent.Find("main").Text())
		}
	}
	other := h.SendProposal(t, nil)
	h.SignUpBrand(t, "Tamis")
	if p := h.SignedInBrand(t, "Tamis").Get("/c/"+h.CreatorID+"/negotiations/new").Post("/c/"+h.CreatorID+"/negotiations", map[string][]string{"again": {strings.TrimPrefix(other.Path, "/negotiations/")}}); p.Status != http.StatusNotFound {
		t.Errorf("a stranger reads its terms: %d", p.Status)
	}
}
