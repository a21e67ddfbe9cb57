package negotiation_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/negotiation"
)

// The terms of an offer become a template with a name of its own, which begins another offer,
// is renamed and is deleted after a question.
func TestTemplatesOfTermsBelongToTheBrand(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	sent := h.SendProposal(t, url.Values{"rounds": {"2"}})
	save := "form[action$='/template']"
	if p := sent.Submit(save, nil); p.Status != http.StatusUnprocessableEntity || !p.HasTexts("Give the template a name.") {
		t.Errorf("without a name: %d", p.Status)
	}
	saved := sent.Submit(save, url.Values{"name": {"Two videos"}})
	if saved.Path != "/settings/templates" || !saved.HasTexts("The template is saved.", "Two videos", "Pan & lid, €420.50, 2 deliverables") {
		t.Fatalf("saving led to %d %s: %s", saved.Status, saved.Path, saved.Find("main").Text())
	}
	if p := sent.Submit(save, url.Values{"name": {"Two videos"}}); p.Path != "/settings/templates" || p.Find("main form:has([name=name])").Length() != 1 {
		t.Errorf("a second click led to %d %s", p.Status, p.Path)
	}
	h.AsBrand.Get(sent.Path+"/offers/new").Submit("#offer", url.Values{"fee": {"430"}})
	if p := sent.Submit(save, url.Values{"name": {"two  VIDEOS"}}); p.Status != http.StatusUnprocessableEntity || !p.HasTexts("Another template has this name.") || p.Find(save+" [name=name]").AttrOr("value", "") != "two  VIDEOS" {
		t.Errorf("the name again: %d", p.Status)
	}
	renamed := saved.Submit("main form:has([name=name])", url.Values{"name": {"A pair"}})
	if !renamed.HasTexts("A pair") || renamed.HasTexts("Two videos") {
		t.Errorf("renamed it is: %s", renamed.Find("main").Text())
	}

	form := h.AsBrand.Get("/c/" + h.CreatorID + "/negotiations/new")
	link := form.Find("a:contains('A pair')").AttrOr("href", "")
	filled := h.AsBrand.Get(link)
	if got := apptest.FormValues(filled.Find("#offer")); got.Get("rounds") != "2" || got.Get("fee") != "420.50" || got.Get("message") != "" || !filled.HasTexts("Filled in with the terms of A pair.") {
		t.Errorf("%s fills in %v", link, got)
	}
	viewer, _ := h.SignedInMember(t, h.Brand, models.RoleViewer)
	if p := viewer.Get("/settings/templates"); p.Status != http.StatusOK || !p.HasTexts("A pair") || p.Find("main form").Length() != 0 {
		t.Errorf("a viewer reads %d with %d forms", p.Status, p.Find("main form").Length())
	}
	h.SignUpBrand(t, "Tamis")
	other := h.SignedInBrand(t, "Tamis")
	if p := other.Get(link); p.Status != http.StatusNotFound {
		t.Errorf("another brand's template is %d", p.Status)
	}
	if n := renamed.Find("details:has(form[action$='/removal'])").Length(); n != 1 {
		t.Error("deleting does not ask")
	}
	if p := renamed.Submit("form[action$='/removal']", nil); !p.HasTexts("The template is deleted.", "No templates yet") {
		t.Errorf("deleted: %s", p.Find("main").Text())
	}
	for i := range negotiation.MaxTemplates {
		apptest.Must(t, h.Negotiations.SaveTemplate(t.Context(), h.Brand, strings.TrimPrefix(sent.Path, "/negotiations/"), fmt.Sprint("Name ", i)))
	}
	if p := sent.Submit(save, url.Values{"name": {"One more"}}); p.Status != http.StatusUnprocessableEntity || !p.HasTexts("Your brand already has 50 templates.") {
		t.Errorf("one more is %d", p.Status)
	}
}
