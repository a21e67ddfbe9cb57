package site_test

import (
	"net/url"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

func TestThePersonsLanguageComesBeforeTheBrowsers(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	b.Language = "nl-BE,nl;q=0.9,en;q=0.5"
	lang := func(p *apptest.Page) string { return p.Find("html").AttrOr("lang", "") }
	page := b.Get("/creators?q=x")
	if lang(page) != "nl" {
		t.Fatalf("the browser asks for Dutch, gets %q", lang(page))
	}
	page = page.Submit("form[action='/language']", url.Values{"language": {"fr"}})
	if lang(page) != "fr" || page.Path != "/creators" {
		t.Errorf("after choosing French: %q on %s", lang(page), page.Path)
	}
	a.SignUpBrand(t, "language") // whose person reads English
	page = b.Get("/signin").Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("language")}, "password": {apptest.Password}})
	if lang(page) != "en" {
		t.Errorf("signed in: %q", lang(page))
	}
	page.Submit("form[action='/language']", url.Values{"language": {"nl"}})
	other := a.SignedInBrand(t, "language")
	if got := lang(other.Get("/dashboard")); got != "nl" {
		t.Errorf("in another browser: %q", got)
	}
}
