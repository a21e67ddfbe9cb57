package moderation_test

import (
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
)

// An administrator starts at the administration, and sees how the last weeks went.
func TestAnAdministratorStartsWithTheTrends(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	fonte := a.SignUpBrand(t, "fonte")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	a.Agree(t, fonte, penne, id)
	admin := a.SignedInAdmin(t)
	page := admin.Get("/dashboard")
	if page.Path != "/admin" {
		t.Errorf("an administrator starts at %s", page.Path)
	}
	trend := func(i int) (value, spoken string) {
		stat := admin.Get("/admin").Find("#trends .stat").Eq(i)
		return strings.TrimSpace(stat.Find(".figure").Text()), stat.Find("svg title").Text()
	}
	if n, spoken := trend(2); n != "1" || !strings.HasSuffix(spoken, "Deals agreed by week: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1") {
		t.Errorf("deals are %s, %q", n, spoken)
	}
	a.Clock.Advance(7 * 24 * time.Hour)
	admin = a.SignedInAdmin(t)
	if n, spoken := trend(2); n != "1" || !strings.HasSuffix(spoken, "0, 1, 0") {
		t.Errorf("a week later deals are %s, %q", n, spoken)
	}
	if here := admin.Get("/admin/people").Find(".all-tabs [aria-current]"); here.AttrOr("href", "") != "/admin/people" {
		t.Errorf("the present page is %q", here.Text())
	}
}

// An administrator finds deals by a side's name, and reads who and how, not what.
func TestAnAdministratorFindsDealsByName(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	fonte := a.SignUpBrand(t, "fonte")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	deal := a.Agree(t, fonte, penne, id)
	admin := a.SignedInAdmin(t)
	for query, want := range map[string]int{"": 1, "?q=penne": 1, "?q=FONTE": 1, "?q=nobody": 0, "?q=%25": 0, "?state=running": 1, "?state=finished": 0, "?state=odd": 1} {
		page := admin.Get("/admin/deals" + query)
		if rows := page.Find("main tbody tr"); page.Status != 200 || rows.Length() != want {
			t.Errorf("%s gives %d rows, want %d", query, rows.Length(), want)
		}
	}
	page := admin.Get("/admin/deals")
	if !page.HasTexts("Penne Trial", "Running") || page.Find("main a[href*='"+deal+"']").Length() != 0 || page.HasTexts(a.OfferForm().Product) {
		t.Errorf("the list says %s", page.Find("main").Text())
	}
	a.Clock.Advance(90 * 24 * time.Hour)
	if page := a.SignedInAdmin(t).Get("/admin/deals"); !page.HasTexts("Late") {
		t.Errorf("three months later it says %s", page.Find("main tbody").Text())
	}
}
