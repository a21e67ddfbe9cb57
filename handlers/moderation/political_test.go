package moderation_test

import (
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/views/paths"
)

func TestAnAdministratorAllowsPoliticalObjectives(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	own, err := h.Accounts.OwnBrand(t.Context(), h.Brand)
	apptest.Must(t, err)
	page, admin := paths.AdminBrand(own.PublicID), h.SignedInAdmin(t)
	refused := func() {
		t.Helper()
		p := h.AsBrand.Get("/c/"+h.CreatorID+"/negotiations/new").Submit("#offer", h.Offer(url.Values{"objective": {"political"}}))
		if p.Status != 422 || !p.HasTexts("Political aims are not allowed here") {
			t.Errorf("%d %s", p.Status, p.Find("#error-summary").Text())
		}
	}
	refused()
	form := "form[action='" + paths.AdminPolitical(own.PublicID) + "']"
	if p := admin.Get(page).Submit(form, url.Values{"political_reason": {" "}}); p.Status != 422 || p.Find("#f-political_reason[aria-invalid]").Length() != 1 || p.Find("#error-summary a").Length() != 1 {
		t.Errorf("without a reason: %d", p.Status)
	}
	p := admin.Get(page).Submit(form, url.Values{"political_reason": {"A list of <candidates>."}})
	if p.Status != 200 || !p.HasTexts("Political objectives are allowed", "A list of <candidates>.") {
		t.Fatalf("%d %s", p.Status, p.Text())
	}
	h.SendProposal(t, url.Values{"objective": {"political"}})
	if p := admin.Get(paths.AdminAudit(url.Values{"action": {"admin.political"}})); !p.HasTexts("admin.political_allowed", "A list of") {
		t.Errorf("the log: %s", p.Find("tbody").Text())
	}
	if p = p.Submit("form[action$='/political-objectives/removal']", nil); p.Status != 200 || !p.HasTexts("no longer allowed") {
		t.Errorf("%d %s", p.Status, p.Text())
	}
	refused()
}
