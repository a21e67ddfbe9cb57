package accounts_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
)

func TestABrandSignsUpAndComesBack(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	form := b.Get("/signup?next=%2Fabout%2Ffigures%3Fx%3D1")
	answers := url.Values{"brand": {"Brumelle"}, "site": {"no site"}, "sells": {"<i>Pans"}, "name": {"Nora"}, "email": {"nora@brumelle"}, "password": {"short"}, "zone": {"Europe/Brussels"}}
	page := form.Submit("form[action='/signup']", answers)
	if page.Status != http.StatusUnprocessableEntity || page.Find("#error-summary li").Length() != 3 {
		t.Fatalf("a wrong form gave %d: %s", page.Status, page.Find("#error-summary").Text())
	}
	for name, want := range map[string]string{"brand": "Brumelle", "site": "no site", "name": "Nora", "email": "nora@brumelle", "password": "", "next": "/about/figures?x=1"} {
		if got := page.Find("main input[name="+name+"]").AttrOr("value", ""); got != want {
			t.Errorf("%s is %q, was %q", name, got, want)
		}
	}
	page = page.Submit("form[action='/signup']", url.Values{"site": {"brumelle.example"}, "email": {"nora@brumelle.example"}, "password": {apptest.Password}, "zone": {"Europe/Brussels"}})
	if page.Path != "/about/figures" || page.Status != http.StatusOK || !page.HasTexts("A link to confirm your e-mail address is on its way") {
		t.Errorf("signing up led to %d %s", page.Status, page.Path)
	}
	if zone := b.Get("/settings").Find("select[name=zone] option[selected]").AttrOr("value", ""); zone != "Europe/Brussels" {
		t.Errorf("the device's zone became %q", zone)
	}
	own := b.Get("/settings/brand")
	public := b.Get(own.Find("main .page-head a").AttrOr("href", ""))
	if public.Status != http.StatusOK || !public.HasTexts("Brumelle", "<i>Pans", "brumelle.example") {
		t.Errorf("the brand's page is %d: %s", public.Status, public.Find("main").Text())
	}
}

func TestTheWelcomeKeepsTheZoneAndTheWayBack(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	acc, _ := a.Sandbox.TikTokAccount("penne.sandbox")
	b := a.NewBrowser(t)
	page := b.Get("/signin?next=%2Fabout%2Frules").Submit("form[action='/auth/tiktok']", nil).Submit("form[method=post]", url.Values{"account": {acc.OpenID}})
	if page.Path != "/welcome" {
		t.Fatalf("signing in led to %s", page.Path)
	}
	page = page.Submit("form[action='/welcome']", url.Values{"email": {"penne@creators.example"}, "zone": {"Pacific/Auckland"}})
	if page.Path != "/about/rules" {
		t.Errorf("the welcome led to %s", page.Path)
	}
	var zone string
	if err := a.DB.Read(context.Background()).Raw("SELECT zone FROM creators WHERE person_id IS NOT NULL").Scan(&zone).Error; err != nil || zone != "Pacific/Auckland" {
		t.Errorf("the time zone is %q: %v", zone, err)
	}
}

func TestAConfirmationIsSentAgainOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	actor := a.SignUpBrand(t, "brumelle")
	b := a.SignedInBrand(t, "brumelle")
	sent := func() (n int) {
		t.Helper()
		if err := a.DB.Read(context.Background()).Raw("SELECT count(*) FROM email_confirmations WHERE person_id = ?", actor.PersonID).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	steps := []struct {
		what   string
		values url.Values
		sent   int
		says   string
	}{
		{"saving", url.Values{"name": {"Nora"}}, 1, "Saved."},
		{"asking again", url.Values{"again": {"1"}}, 2, "A link is on its way to brumelle@brand.example."},
		{"another address", url.Values{"email": {"new@brand.example"}}, 3, "A link is on its way to new@brand.example."},
		{"saving while it waits", url.Values{"locale": {"en"}}, 3, "Saved."},
		{"the same in capitals", url.Values{"email": {"NEW@brand.example"}}, 3, "Saved."},
	}
	for _, s := range steps {
		a.Clock.Advance(time.Minute)
		page := b.Get("/settings").Submit("form[action='/settings']", s.values)
		if n := sent(); n != s.sent || !page.HasTexts(s.says) {
			t.Errorf("%s: %d links; the page says %.300s", s.what, n, page.Find(".flash").Text())
		}
	}
}

func TestAProblemAtThePlatformKeepsTheWayBack(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	refused := apptest.BeginSignIn(t, a, b).Submit("form[method=post]", url.Values{"decision": {"refuse"}})
	again := refused.Submit("main form[action='/auth/tiktok']", nil)
	acc, _ := a.Sandbox.TikTokAccount("penne.sandbox")
	page := again.Submit("form[method=post]", url.Values{"account": {acc.OpenID}})
	if page.Path != "/welcome" || page.Find("input[name=next]").AttrOr("value", "") == "" {
		t.Errorf("the second try led to %d %s", page.Status, page.Path)
	}
	if next := page.Find("main input[name=next]").AttrOr("value", ""); next != "/deals" {
		t.Errorf("it goes on to %q", next)
	}
}
