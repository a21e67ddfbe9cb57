package site_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

// A new brand gets from the home page to a proposal in six clicks. Until its address is
// confirmed, by the link in its mail, the proposal waits, and then it is sent.
func TestANewBrandProposesInSixClicks(t *testing.T) {
	t.Parallel()
	ctx, h := context.Background(), apptest.NewPartnership(t)
	b, clicks := h.NewBrowser(t), 0
	page := b.Get("/")
	follow := func(selector string) {
		t.Helper()
		href, ok := page.Find(selector).First().Attr("href")
		if !ok {
			t.Fatalf("%s has no %s: %s", page.Path, selector, page.Find("main").Text())
		}
		page, clicks = b.Get(href), clicks+1
	}
	send := func(selector string, answers url.Values) {
		page, clicks = page.Submit(selector, answers), clicks+1
	}
	follow("header a[href='/signup']")
	send("form[action='/signup']", url.Values{"brand": {"Brindille"}, "country": {"FR"}, "name": {"Bo"}, "email": {"bo@brindille.example"}, "password": {apptest.Password}})
	follow("#start ~ .checks a[href='/creators']")
	follow("main h3 a[href^='/c/']")
	follow("a[href$='/negotiations/new']")
	send("#offer", h.Offer(nil))
	if clicks > 6 || !strings.HasPrefix(page.Path, "/negotiations/") {
		t.Fatalf("%d clicks led to %d %s: %s", clicks, page.Status, page.Path, page.Find("#error-summary").Text())
	}

	var link accounts.EmailConfirmationArgs
	apptest.Must(t, h.DB.Read(ctx).Raw("SELECT json(args)->>'secret' FROM river_job WHERE kind = ? ORDER BY id DESC LIMIT 1", link.Kind()).Scan(&link.Secret).Error)
	b.Get("/confirm/"+link.Secret).Submit("main form", nil)
	var job accounts.EmailConfirmedArgs
	apptest.Must(t, h.DB.Read(ctx).Raw("SELECT json(args)->>'person_id' FROM river_job WHERE kind = ?", job.Kind()).Scan(&job.PersonID).Error)
	apptest.Must(t, h.Negotiations.SendHeldProposals(ctx, job.PersonID))
	if sent := b.Get(page.Path); !sent.HasTexts("Penne Trial answers by") {
		t.Errorf("it is not sent: %s", sent.Find("main").Text())
	}
}

func TestANewBrandsDashboardIsAChecklist(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	b := h.NewBrowser(t)
	page := b.Get("/signup").Submit("form[action='/signup']", url.Values{"brand": {"Brindille"}, "country": {"FR"}, "name": {"Bo"}, "email": {"bo@brindille.example"}, "password": {apptest.Password}})
	tasks := func(p *apptest.Page) (left string) {
		return strings.Join(p.Find("#start ~ .checks li:not(.yes) a").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") }), " ")
	}
	if got := tasks(page); page.Path != "/dashboard" || got != "/settings /settings/budget /shortlists /creators" {
		t.Fatalf("%s: %s", page.Path, got)
	}
	if p := page.Submit(".checks form[action='/settings/confirmation']", nil); p.Path != "/dashboard" || !p.HasTexts("A link is on its way to bo@brindille.example.") {
		t.Errorf("the link again led to %s: %s", p.Path, p.Find(".flash").Text())
	}

	// Fonte has confirmed its address.
	if got := tasks(h.AsBrand.Get("/dashboard")); got != "/settings/budget /shortlists /creators" {
		t.Errorf("with the address confirmed: %s", got)
	}
	apptest.Must(t, h.DB.Read(t.Context()).Exec("UPDATE brands SET country = 'GB' WHERE id = ?", h.Brand.BrandID).Error)
	for _, path := range []string{"/settings/budget", "/settings/approval"} { // in what is usual in its country
		if p := h.AsBrand.Get(path); p.Find("main select[name$=_currency] option[selected]").AttrOr("value", "") != "GBP" {
			t.Errorf("%s of a British brand: %s", path, p.Find("main form").Text())
		}
	}
	form := h.AsBrand.Get("/settings/budget")
	for _, wrong := range []string{"", "many", "0", "-5", "1.234"} {
		if p := form.Submit("main form", url.Values{"budget": {wrong}, "budget_currency": {"EUR"}}); p.Status != http.StatusUnprocessableEntity || p.Find("#f-budget").AttrOr("value", "") != wrong {
			t.Errorf("%q: %d %s", wrong, p.Status, p.Find("main").Text())
		}
	}
	if p := form.Submit("main form", url.Values{"budget": {"3,000"}, "budget_currency": {"EUR"}}); p.Status != http.StatusOK || p.Find("#f-budget").AttrOr("value", "") != "3,000.00" {
		t.Errorf("%d %s", p.Status, p.Find("main").Text())
	}
	if viewer, _ := h.SignedInMember(t, h.Brand, models.RoleViewer); viewer.Get("/settings/budget").Find("main form").Length() != 0 || viewer.Get("/dashboard").Find("#start").Length() != 0 {
		t.Error("a viewer is asked to do what they may not")
	}
	if got := tasks(h.AsBrand.Get("/dashboard")); got != "/shortlists /creators" {
		t.Errorf("with a budget: %s", got)
	}
	list, err := h.Discovery.CreateShortlist(context.Background(), h.Brand, "Winter")
	apptest.Must(t, err)
	if p := h.AsBrand.Get("/shortlists/" + list + "/budget"); p.Find("input[name=amount]").AttrOr("value", "") != "3,000.00" {
		t.Errorf("the list's budget begins with %q", p.Find("input[name=amount]").AttrOr("value", ""))
	}
	if got := tasks(h.AsBrand.Get("/dashboard")); got != "/creators" {
		t.Errorf("with a list: %s", got)
	}
	h.SendProposal(t, nil)
	if p := h.AsBrand.Get("/dashboard"); p.Find("#start").Length() != 0 {
		t.Errorf("when all is done: %s", p.Find("main").Text())
	}
}
