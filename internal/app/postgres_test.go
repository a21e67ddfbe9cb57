package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

func TestTheSiteRunsOnPostgreSQL(t *testing.T) {
	t.Parallel()
	a := apptest.NewOnPostgres(t)
	a.SignUpBrand(t, "postgres")
	_, creator := a.JoinCreator(t, "penne.sandbox")
	brand, penne := a.SignedInBrand(t, "postgres"), a.SignedInCreator(t, "penne.sandbox")
	for b, paths := range map[*apptest.Browser][]string{
		brand: {"/creators?tribe=foodtok&q=penne&followers_min=10000&sort=-engagement", "/c/" + creator, "/c/" + creator + "/negotiations/new", "/dashboard", "/negotiations", "/deals", "/settings", "/settings/brand"},
		penne: {"/dashboard", "/settings/profile", "/negotiations", "/deals", "/c/" + creator},
	} {
		for _, path := range paths {
			if p := b.Get(path); p.Status != http.StatusOK {
				t.Errorf("%s answers %d", path, p.Status)
			}
		}
	}
	if !brand.Get("/creators?q=penne").HasTexts("Penne Trial") {
		t.Error("the search doesn't find the creator")
	}
	sent := brand.Get("/c/"+creator+"/negotiations/new").Submit("form[action='/c/"+creator+"/negotiations']", url.Values{
		"message": {"Hello"}, "product": {"Copper pan"}, "fee": {"420"}, "deliverables[0].content_type": {"review"}, "deliverables[0].format": {"video"},
		"deliverables[0].platform": {"tiktok"}, "deliverables[0].count": {"2"}, "deliverables[0].due_on": {"2026-12-10"},
	})
	if sent.Status != http.StatusOK || !strings.HasPrefix(sent.Path, "/negotiations/") {
		t.Fatalf("sending led to %d %s:\n%.1500s", sent.Status, sent.Path, sent.Text())
	}
	deal := penne.Get(sent.Path).Submit("form[action='"+sent.Path+"/acceptance']", nil)
	if deal.Status != http.StatusOK || !strings.HasPrefix(deal.Path, "/deals/") || !deal.HasTexts("Copper pan") {
		t.Errorf("accepting led to %d %s", deal.Status, deal.Path)
	}
}
