package negotiation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// What the last look shows is what is sent: also the countries of a right, of which a form has
// several fields of one name.
func TestWhatIsShownIsSent(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	form := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new")
	look := form.Submit("#offer", h.Offer(url.Values{
		"look": {"1"}, "rights[0].days": {"90"}, "rights[0].channel": {"any"}, "rights[0].territory": {"FR", "BE"}, "audience": {"FR", "NL"}, "commission_share": {"12.345"},
	}))
	if !look.HasTexts("90 days from publication, on any channel, in Belgium and France", "12.345%") {
		t.Fatalf("%d, the last look shows %s", look.Status, look.Find("main").Text())
	}
	sent := look.Submit("form:not(:has([name=count])):has([name=key])", nil)
	if !strings.HasPrefix(sent.Path, "/negotiations/") || !sent.HasTexts("in Belgium and France", "France and Netherlands", "12.345%") {
		t.Errorf("sent is %d: %s", sent.Status, sent.Find("main").Text())
	}
}

// A draft that answered an earlier offer is filled in only when it is asked for.
func TestADraftOfAnEarlierOfferIsOffered(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	sent := h.SendProposal(t, nil)
	form := sent.Path + "/offers/new"
	h.AsCreator.Get(form).Submit("#offer", url.Values{"count": {"draft"}, "fee": {"777"}})
	again := h.AsBrand.Get(form)
	again.Submit("#offer", url.Values{"fee": {"555"}})
	late := h.AsCreator.Get(form)
	if !late.HasTexts("answered offer 1") || late.Find("#f-fee").AttrOr("value", "") == "777" {
		t.Errorf("after a newer offer the form begins with %s: %s", late.Find("#f-fee").AttrOr("value", ""), late.Find(".notice").Text())
	}
	if drafted := h.AsCreator.Get(form + "?draft=1"); drafted.Find("#f-fee").AttrOr("value", "") != "777" {
		t.Errorf("asked for, the draft has %s", drafted.Find("#f-fee").AttrOr("value", ""))
	}
}

// A note can be written about a clause that stays, and about one that the form adds; each is
// read by the other side.
func TestNotesOfClausesThatStay(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	sent := h.SendProposal(t, nil)
	form := h.AsCreator.Get(sent.Path + "/offers/new")
	added := form.Submit("#offer", url.Values{"count": {"1"}, "rounds": {"1"}})
	if added.Find("[name=note_rounds]").Length() != 1 || form.Find("[name=note_rounds]").Length() != 0 {
		t.Errorf("%d fields for a note about the rounds", added.Find("[name=note_rounds]").Length())
	}
	added.Submit("#offer", url.Values{"note_rounds": {"canary-added"}, "note_product": {"canary-stays"}})
	page := h.AsBrand.Get(sent.Path)
	if !page.HasTexts("canary-added", "canary-stays") || page.Find("details .same:contains('canary')").Length() > 0 {
		t.Errorf("the other side reads %s", page.Find("#clauses").Text())
	}
	if !page.HasTexts("Offer 2 from") || !h.AsCreator.Get(sent.Path).HasTexts("Your offer 2 to Fonte") {
		t.Errorf("the lead is %s", page.Find("header p").Text())
	}
}

// A page whose session has ended says so above what was written, in place of nothing of it.
func TestASessionThatEndsWhileWriting(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	path := h.SendProposal(t, nil).Path + "/offers/new"
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.URL+path, nil)
	apptest.Must(t, err)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Request-Type", "partial")
	p := h.NewBrowser(t).Do(r)
	if p.Status != http.StatusUnauthorized || p.Header.Get("HX-Retarget") != "#alerts" || p.Find("main").Length() != 0 || !p.HasTexts("You are signed out") {
		t.Errorf("%d, to be shown in %q: %s", p.Status, p.Header.Get("HX-Retarget"), p.Body)
	}
	if h.AsBrand.Get(path).Find("main #alerts").Length() != 1 {
		t.Error("the page has no place for it")
	}
}
