package negotiation_test

import (
	"net/http"
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// A later last day is asked for on one page and accepted by one click on the other; a page of
// before answers nothing.
func TestMoreTimeIsAskedForAndGiven(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	sent := h.SendProposal(t, nil)
	p := h.AsCreator.Get(sent.Path)
	day := p.Find("#extend [name=until]").AttrOr("min", "")
	if bad := p.Submit("#extend", url.Values{"until": {"2020-01-01"}}); bad.Status != http.StatusUnprocessableEntity || bad.Find("#extend [name=until]").AttrOr("value", "") != "2020-01-01" {
		t.Errorf("a day in the past is %d", bad.Status)
	}
	asked := p.Submit("#extend", url.Values{"until": {day}})
	if asked.Status != http.StatusOK || !asked.HasTexts("You have asked for more time") || asked.Find("#extend").Length() != 0 {
		t.Fatalf("asking is %d: %s", asked.Status, asked.Find("main").Text())
	}
	if again := p.Submit("#extend", url.Values{"until": {day}}); again.Status != http.StatusOK {
		t.Errorf("the second click is %d", again.Status)
	}
	read := h.AsBrand.Get(sent.Path)
	if !read.HasTexts("asks for more time", "Until you answer, the offer ends") {
		t.Fatalf("the brand reads %s", read.Find("main").Text())
	}
	if given := read.Submit("form[action$='/extension/acceptance']", nil); given.Status != http.StatusOK || !given.HasTexts("The offer has a later last day", "as the last day") || given.Find("form[action$='/extension/acceptance']").Length() != 0 {
		t.Errorf("giving more time is %d: %s", given.Status, given.Find("main").Text())
	}
	if again := read.Submit("form[action$='/extension/acceptance']", nil); again.Status != http.StatusOK {
		t.Errorf("the second click is %d", again.Status)
	}
	if late := read.Submit("form[action$='/extension/refusal']", nil); late.Status != http.StatusConflict {
		t.Errorf("another answer to what was answered is %d", late.Status)
	}
}
