package accounts_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
)

func TestACreatorSignsInAndIsWelcomed(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	page := b.SignInWithTikTok("penne.sandbox")
	if page.Path != "/welcome" || page.Status != http.StatusOK {
		t.Fatalf("signing in led to %d %s", page.Status, page.Path)
	}
	if page = page.Submit("form[action='/welcome']", url.Values{"email": {"not an address"}, "locale": {"nl"}, "zone": {"Europe/Brussels"}}); page.Status != http.StatusUnprocessableEntity ||
		page.Find("input[name=email]").AttrOr("value", "") != "not an address" || page.Find("input[name=email]").AttrOr("aria-invalid", "") != "true" {
		t.Errorf("a wrong address gave %d, field %q", page.Status, page.Find("input[name=email]").AttrOr("value", ""))
	}
	page = page.Submit("form[action='/welcome']", url.Values{"email": {"penne@creators.example"}, "locale": {"nl"}, "zone": {"Europe/Brussels"}})
	if page.Path != "/dashboard" || page.Find("html").AttrOr("lang", "") != "nl" || !page.HasTexts("penne@creators.example") {
		t.Errorf("the welcome led to %d %s in %q", page.Status, page.Path, page.Find("html").AttrOr("lang", ""))
	}
	// The second time the person is known, and goes on.
	if again := a.NewBrowser(t).SignInWithTikTok("penne.sandbox"); again.Path != "/dashboard" {
		t.Errorf("a second sign-in led to %s", again.Path)
	}
}

func TestBelowTheFloorTheCreatorIsToldHowFar(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	page := a.NewBrowser(t).SignInWithTikTok("almost.sandbox")
	if page.Path != "/welcome" || !page.HasTexts("9,999", "10,000") {
		t.Errorf("%s says %.500s", page.Path, page.Find("main").Text())
	}
	if found := a.NewBrowser(t).Get("/creators?q=almost"); strings.Contains(found.Body, "almost.sandbox\"") || found.Find("a[href^='/c/']").Length() != 0 {
		t.Error("a creator below the floor is listed")
	}
}

func TestSignInRefusals(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for name, c := range map[string]struct {
		status int
		run    func(b *apptest.Browser) *apptest.Page
	}{
		"the creator refuses": {http.StatusForbidden, func(b *apptest.Browser) *apptest.Page {
			return apptest.BeginSignIn(t, a, b).Submit("form[method=post]", url.Values{"decision": {"refuse"}})
		}},
		"without a state":        {http.StatusBadRequest, func(b *apptest.Browser) *apptest.Page { return b.Get("/auth/tiktok/callback?code=x") }},
		"with a state of nobody": {http.StatusBadRequest, func(b *apptest.Browser) *apptest.Page { return b.Get("/auth/tiktok/callback?code=x&state=chosen") }},
		"with a hostile error": {http.StatusBadRequest, func(b *apptest.Browser) *apptest.Page {
			return b.Get("/auth/tiktok/callback?error=x&error_description=" + url.QueryEscape("<script>alert(1)</script>"))
		}},
		"a scope is left out": {http.StatusForbidden, func(b *apptest.Browser) *apptest.Page {
			acc, _ := a.Sandbox.TikTokAccount("penne.sandbox")
			return apptest.BeginSignIn(t, a, b).Submit("form[method=post]", url.Values{"account": {acc.OpenID}, "grant": {"user.info.basic"}})
		}},
		"TikTok answers 500":         {http.StatusServiceUnavailable, func(b *apptest.Browser) *apptest.Page { return b.SignInWithTikTok("token.500.sandbox") }},
		"TikTok's figures fail":      {http.StatusServiceUnavailable, func(b *apptest.Browser) *apptest.Page { return b.SignInWithTikTok("user_info.500.sandbox") }},
		"TikTok answers nonsense":    {http.StatusServiceUnavailable, func(b *apptest.Browser) *apptest.Page { return b.SignInWithTikTok("user_info.garbage.sandbox") }},
		"TikTok refuses the code":    {http.StatusBadRequest, func(b *apptest.Browser) *apptest.Page { return b.SignInWithTikTok("token.revoked.sandbox") }},
		"a platform that isn't here": {http.StatusNotFound, func(b *apptest.Browser) *apptest.Page { return b.Get("/auth/myspace/callback?code=x&state=y") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := a.NewBrowser(t)
			page := c.run(b)
			if page.Status != c.status {
				t.Fatalf("status %d on %s, want %d:\n%.800s", page.Status, page.Path, c.status, page.Text())
			}
			if strings.Contains(page.Body, "<script>alert") {
				t.Error("the platform's words run as a script")
			}
			if c.status != http.StatusNotFound && page.Find("form[action='/auth/tiktok'], a[href^='/signin']").Length() == 0 {
				t.Error("the page offers no way on")
			}
			if b.Get("/dashboard").Path != "/signin" {
				t.Error("somebody is signed in")
			}
		})
	}
}

func TestACallbackCannotBeReplayedOrForged(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	acc, _ := a.Sandbox.TikTokAccount("penne.sandbox")
	victim := a.NewBrowser(t)
	victim.StopAtCallback()
	callback := apptest.BeginSignIn(t, a, victim).Submit("form[method=post]", url.Values{"account": {acc.OpenID}}).Header.Get("Location")
	path := strings.TrimPrefix(callback, a.URL)
	if !strings.HasPrefix(path, "/auth/tiktok/callback?") {
		t.Fatalf("the callback is %q", callback)
	}
	// Another browser, which began nothing, gets nowhere with it, and neither
	// does one that began a sign-in of its own.
	other := a.NewBrowser(t)
	if page := other.Get(path); page.Status != http.StatusBadRequest {
		t.Errorf("another browser got %d", page.Status)
	}
	apptest.BeginSignIn(t, a, other)
	if page := other.Get(path); page.Status != http.StatusBadRequest {
		t.Errorf("a browser with another sign-in got %d", page.Status)
	}
	victim.FollowRedirects()
	if page := victim.Get(path); page.Path != "/welcome" {
		t.Fatalf("the right browser got %d %s", page.Status, page.Path)
	}
	if page := victim.Get(path); page.Status != http.StatusBadRequest {
		t.Errorf("a replay got %d", page.Status)
	}
	late := a.NewBrowser(t)
	late.StopAtCallback()
	path = strings.TrimPrefix(apptest.BeginSignIn(t, a, late).Submit("form[method=post]", url.Values{"account": {acc.OpenID}}).Header.Get("Location"), a.URL)
	late.FollowRedirects()
	a.Clock.Advance(11 * time.Minute)
	if page := late.Get(path); page.Status != http.StatusBadRequest {
		t.Errorf("a callback after eleven minutes got %d", page.Status)
	}
}

func TestSignInComesBackToThePage(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "back")
	b := a.NewBrowser(t)
	page := b.Get("/deals?state=open")
	if page.Path != "/signin" {
		t.Fatalf("signed out, /deals led to %s", page.Path)
	}
	page = page.Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("back")}, "password": {apptest.Password}})
	if page.Path != "/deals" || page.Status != http.StatusOK {
		t.Errorf("after signing in: %d %s", page.Status, page.Path)
	}
	evil := a.NewBrowser(t).Get("/signin?next=" + url.QueryEscape("https://evil.example/"))
	if next := evil.Find("form[action='/signin'] input[name=next]").AttrOr("value", ""); next != "" {
		t.Errorf("a foreign way back is kept: %q", next)
	}
}

func TestAWrongPasswordKeepsTheAddress(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "pans")
	page := a.NewBrowser(t).Get("/signin").Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("pans")}, "password": {"wrong wrong"}})
	if page.Status != http.StatusUnprocessableEntity || page.Find("input[name=email]").AttrOr("value", "") != apptest.BrandEmail("pans") ||
		page.Find("input[name=password]").AttrOr("value", "") != "" || !strings.HasPrefix(page.Find("title").Text(), "Error") {
		t.Errorf("%d, title %q, e-mail %q", page.Status, page.Find("title").Text(), page.Find("input[name=email]").AttrOr("value", ""))
	}
}

func TestASessionIsRenewedAndEnded(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "renew")
	b := a.NewBrowser(t)
	page := b.Get("/signin")
	page.Submit("form[action='/language']", nil) // a visitor's cookies exist before the sign-in
	before := b.Cookie("session")
	page = b.Get("/signin").Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("renew")}, "password": {apptest.Password}})
	session := b.Cookie("session")
	if page.Path != "/dashboard" || session == "" || session == before {
		t.Fatalf("%s, session %q before, %q after", page.Path, before, session)
	}
	page.Submit("form[action='/signout']", nil)
	r, _ := http.NewRequest(http.MethodGet, a.URL+"/dashboard", nil)
	r.AddCookie(&http.Cookie{Name: "session", Value: session})
	if again := a.NewBrowser(t).Do(r); again.Path != "/signin" {
		t.Errorf("the ended session still opens %s", again.Path)
	}
}
