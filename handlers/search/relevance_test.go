package search_test

import (
	"net/http"
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/views/paths"
)

func TestAnAdministratorWeighsRelevance(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	admin := a.SignedInAdmin(t)
	page := admin.Get(paths.AdminRelevance())
	if page.Status != http.StatusOK || page.Find("input[name=weight_words]").AttrOr("value", "") != "300" || !page.HasTexts("Verified and fresh", "At most 1,300 points") {
		t.Fatalf("the page is %d: %s", page.Status, page.Find("main").Text())
	}
	const form = "form[action='/admin/relevance']"
	wrong := page.Submit(form, url.Values{"weight_words": {"1001"}, "weight_price": {"much"}})
	if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("#f-weight_price").AttrOr("value", "") != "much" || !wrong.HasTexts("from 0 to 1,000") {
		t.Errorf("wrong points gave %d: %s", wrong.Status, wrong.Find("main").Text())
	}
	none := url.Values{}
	for _, part := range []string{"words", "tribe", "engagement", "trust", "price", "response"} {
		none.Set("weight_"+part, "0")
	}
	if p := page.Submit(form, none); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("no points at all gave %d", p.Status)
	}
	saved := page.Submit(form, url.Values{"weight_words": {"0"}, "weight_price": {"1000"}})
	if saved.Status != http.StatusOK || saved.Find("input[name=weight_price]").AttrOr("value", "") != "1000" {
		t.Errorf("points gave %d: %s", saved.Status, saved.Find("main").Text())
	}
	if p := page.Submit(form, url.Values{"weight_words": {"500"}}); p.Status != http.StatusConflict {
		t.Errorf("points that somebody else had changed meanwhile gave %d", p.Status)
	}
	if log := admin.Get(paths.AdminAudit(url.Values{"subject": {"relevance"}})); !log.HasTexts("creators.relevance_weighed", "before_price", "150") {
		t.Errorf("the audit log: %s", log.Find("main").Text())
	}
}
