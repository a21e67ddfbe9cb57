package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/platform"
)

// The attacks on signing in, each refused while the honest way works. Those on
// OpenID Connect alone stand in attack_oidc_test.go.

// callback goes to TikTok and back as far as the callback's address, which
// nobody has opened yet.
func callback(t *testing.T, a *apptest.App, b *apptest.Browser, handle string) string {
	t.Helper()
	return callbackOn(t, a, b, platform.TikTok, handle)
}

// with is an address with one parameter of its query changed, or left out for "".
func with(address, name, value string) string {
	u, _ := url.Parse(address)
	q := u.Query()
	q.Set(name, value)
	if value == "" {
		q.Del(name)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// refused says that the callback did not let anybody in.
func refused(t *testing.T, b *apptest.Browser, page *apptest.Page) {
	t.Helper()
	if page.Status != http.StatusBadRequest && page.Status != http.StatusForbidden && page.Status != http.StatusNotFound {
		t.Errorf("got %d on %s", page.Status, page.Path)
	}
	if to := b.Get("/dashboard"); to.Path != "/signin" {
		t.Errorf("somebody is signed in, on %s", to.Path)
	}
}

// honest says that signing in works.
func honest(t *testing.T, a *apptest.App) {
	t.Helper()
	if page := a.NewBrowser(t).SignInWithTikTok("penne.sandbox"); page.Status != http.StatusOK || page.Path != "/welcome" && page.Path != "/dashboard" {
		t.Errorf("the honest way led to %d %s", page.Status, page.Path)
	}
}

func TestAttack01NoState(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	refused(t, b, b.Get(with(callback(t, a, b, "penne.sandbox"), "state", "")))
	honest(t, a)
}

func TestAttack02WrongState(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	refused(t, b, b.Get(with(callback(t, a, b, "penne.sandbox"), "state", strings.Repeat("A", 43))))
	honest(t, a)
}

func TestAttack03StateOfAnotherBrowser(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	attacker, victim := a.NewBrowser(t), a.NewBrowser(t)
	apptest.BeginSignIn(t, a, victim) // who has a sign-in of their own under way
	refused(t, victim, victim.Get(callback(t, a, attacker, "penne.sandbox")))
	honest(t, a)
}

func TestAttack04ChosenState(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	page := b.Get("/signin?state=KNOWN")
	b.StopAtRedirects()
	for _, path := range []string{"/auth/tiktok?state=KNOWN", "/auth/tiktok"} {
		to, err := url.Parse(page.Post(path, url.Values{"state": {"KNOWN"}}).Header.Get("Location"))
		if err != nil || len(to.Query().Get("state")) < 43 {
			t.Errorf("%s leads to %v, %v", path, to, err)
		}
	}
	b.FollowRedirects()
	refused(t, b, b.Get("/auth/tiktok/callback?code=x&state=KNOWN"))
	honest(t, a)
}

func TestAttack05Replay(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	path := callback(t, a, b, "penne.sandbox")
	if page := b.Get(path); page.Status != http.StatusOK || page.Path != "/welcome" {
		t.Fatalf("the first time led to %d %s", page.Status, page.Path)
	}
	b.Get("/signin").Post("/signout", nil)
	refused(t, b, b.Get(path))
	honest(t, a)
}

func TestAttack06OldState(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	late, inTime := a.NewBrowser(t), a.NewBrowser(t)
	path := callback(t, a, late, "penne.sandbox")
	a.Clock.Advance(10*time.Minute + time.Second)
	refused(t, late, late.Get(path))
	path = callback(t, a, inTime, "penne.sandbox")
	a.Clock.Advance(4 * time.Minute)
	if page := inTime.Get(path); page.Status != http.StatusOK {
		t.Errorf("in time: %d", page.Status)
	}
}

func TestAttack07CallbackWithoutBegin(t *testing.T) {
	t.Parallel()
	a, i := apptest.NewWithIssuer(t, apptest.Ann)
	for _, path := range []string{"/auth/tiktok/callback", "/auth/tiktok/callback?code=x&state=y", "/auth/oidc/callback?code=x&state=y&iss=" + url.QueryEscape(i.URL), "/auth/none/callback?code=x&state=y"} {
		b := a.NewBrowser(t)
		refused(t, b, b.Get(path))
	}
	honest(t, a)
}

func TestAttack10ProvidersMixedUp(t *testing.T) {
	t.Parallel()
	a, i := apptest.NewWithIssuer(t, apptest.Ann)
	b := a.NewBrowser(t)
	path := callback(t, a, b, "penne.sandbox")
	for _, at := range []string{"/auth/oidc/", "/auth/youtube/"} {
		refused(t, b, b.Get(strings.Replace(path, "/auth/tiktok/", at, 1)))
	}
	b = a.NewBrowser(t)
	path = oidcCallback(t, a, b, "u1")
	refused(t, b, b.Get(strings.Replace(path, "/auth/oidc/", "/auth/tiktok/", 1)))
	for _, iss := range []string{"https://evil.example", ""} {
		b = a.NewBrowser(t)
		refused(t, b, b.Get(with(oidcCallback(t, a, b, "u1"), "iss", iss)))
	}
	b = a.NewBrowser(t)
	if page := b.Get(oidcCallback(t, a, b, "u1")); page.Path != "/signup/oidc" {
		t.Errorf("honestly, with %s: %d %s", i.URL, page.Status, page.Path)
	}
	honest(t, a)
}

// elsewhere are addresses that a browser may take for another site.
var elsewhere = []string{
	"//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "/\\/evil.example", "\\\\evil.example", "\\/evil.example", "/\\\\evil.example",
	"http://evil.example", "https://evil.example", "HTTPS://evil.example", "http:evil.example", "https:/evil.example", "https:///evil.example", "http:\\\\evil.example",
	"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "mailto:a@evil.example", "file:///etc/passwd", "ftp://evil.example", "blob:x",
	" //evil.example", "\t//evil.example", "\n//evil.example", "\r//evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "/ /evil.example", "/\x00/evil.example",
	"/%09/evil.example", "/%0a/evil.example", "/%0d/evil.example", "/%0D%0ALocation:https://evil.example", "/%5cevil.example", "/%5C/evil.example", "/%2f/evil.example", "/%2Fevil.example", "/%2f%2fevil.example",
	"@evil.example", "user@evil.example", "https://market.example@evil.example", "//market.example@evil.example", ".evil.example", "evil.example", "evil.example/",
	"/a\r\nSet-Cookie: x=1", "/a\r\nLocation: https://evil.example", "//127.0.0.1", "//[::1]/", "//localhost", "https://[::1]/", "\u2215\u2215evil.example", "／／evil.example", "%2f%2fevil.example", "?//evil.example", "#//evil.example", "/auth/tiktok/callback?code=x",
}

func TestAttack11OpenRedirect(t *testing.T) {
	t.Parallel()
	if len(elsewhere) < 60 {
		t.Fatalf("%d spellings", len(elsewhere))
	}
	a := apptest.New(t)
	a.SignUpBrand(t, "safe")
	b := a.SignedInBrand(t, "safe")
	b.StopAtRedirects()
	for _, next := range elsewhere {
		to := b.Get("/signin?next=" + url.QueryEscape(next)).Header.Get("Location")
		if to != "/dashboard" {
			t.Errorf("%q leads to %q", next, to)
		}
	}
	creator := a.NewBrowser(t)
	for _, next := range elsewhere[:8] { // the way over a platform keeps next in the state
		page := creator.Get("/signin").Submit("form[action='/auth/tiktok']", url.Values{"next": {next}})
		acc, _ := a.Sandbox.TikTokAccount("penne.sandbox")
		if page = page.Submit("form[method=post]", url.Values{"account": {acc.OpenID}}); "http://"+page.Host != a.URL || page.Path != "/welcome" && page.Path != "/dashboard" {
			t.Errorf("%q over TikTok leads to %s%s", next, page.Host, page.Path)
		}
		page.Post("/signout", nil)
	}
	if to := b.Get("/signin?next=/deals%3Fpage%3D2").Header.Get("Location"); to != "/deals?page=2" {
		t.Errorf("a way within the site leads to %q", to)
	}
}

func TestAttack12HostHeader(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	signIn := b.Get("/signin")
	b.StopAtRedirects()
	for platform := range pennes {
		form := apptest.FormValues(signIn.Find("form[action='/auth/" + platform + "']"))
		for _, header := range []string{"Host", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Original-Host", "Origin-Host"} {
			r, _ := http.NewRequest(http.MethodPost, a.URL+"/auth/"+platform, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if header == "Host" {
				r.Host = "evil.example"
				r.Header.Set("Cookie", signIn.Cookies()) // the client keeps cookies by this host
			} else {
				r.Header.Set(header, "evil.example")
			}
			page := b.Do(r)
			to := page.Header.Get("Location")
			u, err := url.Parse(to)
			if err != nil || u.Query().Get("redirect_uri") != a.URL+"/auth/"+platform+"/callback" || strings.Contains(to, "evil.example") {
				t.Errorf("%s with %s: %d leads to %q", platform, header, page.Status, to)
			}
		}
	}
	b.FollowRedirects()
	honest(t, a)
}

func TestAttack13ErrorDescription(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann)
	script := "<script>alert(1)</script><img src=x onerror=alert(1)>"
	for _, provider := range []string{platform.TikTok, platform.YouTube, platform.Instagram, platform.Twitch, "oidc"} {
		b := a.NewBrowser(t)
		var path string
		if provider == "oidc" {
			path = oidcCallback(t, a, b, "u1")
		} else {
			path = callbackOn(t, a, b, provider, pennes[provider])
		}
		u, _ := url.Parse(path)
		state := u.Query().Get("state")
		page := b.Get("/auth/" + provider + "/callback?" + url.Values{"error": {script}, "error_description": {script}, "error_uri": {"javascript:alert(1)"}, "state": {state}}.Encode())
		if strings.Contains(page.Body, "alert(1)") {
			t.Errorf("%s: the provider's words stand in the page", provider)
		}
		refused(t, b, page)
	}
	honest(t, a)
}

func TestAttack14LinkAccount(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann)
	a.SignUpBrand(t, "victim")
	a.SignUpBrand(t, "attacker")
	begun := func(b *apptest.Browser) string { // the attacker's own way back
		b.StopAtCallback()
		defer b.FollowRedirects()
		to := b.Get("/settings/security").Submit("form[action='/auth/oidc']", nil).Submit("form", url.Values{"sub": {"u1"}}).Header.Get("Location")
		return strings.TrimPrefix(to, a.URL)
	}
	attacker, victim := a.SignedInBrand(t, "attacker"), a.SignedInBrand(t, "victim")
	path := begun(attacker)
	if page := victim.Get(path); page.Status != http.StatusBadRequest {
		t.Errorf("in the victim's browser: %d", page.Status)
	}
	// Even in the same browser: whoever began has left, somebody else is signed in.
	shared := a.SignedInBrand(t, "attacker")
	path = begun(shared)
	shared.Get("/settings").Post("/signout", nil)
	shared.Get("/signin").Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("victim")}, "password": {apptest.Password}})
	if page := shared.Get(path); page.Status != http.StatusBadRequest {
		t.Errorf("in a shared browser: %d on %s", page.Status, page.Path)
	}
	visitor := a.NewBrowser(t)
	if page := visitor.Get("/signin").Post("/auth/oidc", url.Values{"purpose": {"connect"}}); page.Path != "/signin" {
		t.Errorf("a visitor's begin led to %s", page.Path)
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM identities"); n != 0 {
		t.Errorf("%d identities were added", n)
	}
	if page := victim.Get(begun(victim)); !page.HasTexts("You can now sign in with Example ID.") {
		t.Errorf("honestly: %d %s", page.Status, page.Path)
	}
}

func TestAttack20SessionFixation(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	b.Get("/signin")
	b.SetCookie("session", "chosen-by-the-attacker")
	b.SignInWithTikTok("penne.sandbox")
	first := b.Cookie("session")
	if first == "" || first == "chosen-by-the-attacker" {
		t.Fatalf("the session is %q", first)
	}
	b.Get("/settings").Post("/signout", nil)
	b.SetCookie("session", first)
	if page := b.Get("/dashboard"); page.Path != "/signin" {
		t.Errorf("an ended session leads to %s", page.Path)
	}
	b.SignInWithTikTok("penne.sandbox")
	if second := b.Cookie("session"); second == first || second == "" {
		t.Error("the next sign-in has the token of the one before")
	}
	planted := a.NewBrowser(t)
	planted.SetCookie("session", "chosen-by-the-attacker")
	if page := planted.Get("/dashboard"); page.Path != "/signin" {
		t.Errorf("the chosen token leads to %s", page.Path)
	}
}

func TestAttack21LoginAndLogoutFromAnotherSite(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "victim")
	a.SignUpBrand(t, "attacker")
	b := a.SignedInBrand(t, "victim")
	for path, form := range map[string]url.Values{
		"/signin":      {"email": {apptest.BrandEmail("attacker")}, "password": {apptest.Password}},
		"/signout":     {},
		"/auth/tiktok": {},
	} {
		for _, site := range []string{"cross-site", "same-site", ""} {
			r, _ := http.NewRequest(http.MethodPost, a.URL+path, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Origin", "https://evil.example")
			if site != "" {
				r.Header.Set("Sec-Fetch-Site", site)
			}
			if page := b.Do(r); page.Status != http.StatusForbidden && page.Status != http.StatusBadRequest {
				t.Errorf("%s from %q got %d on %s", path, site, page.Status, page.Path)
			}
		}
	}
	if page := b.Get("/settings/brand"); page.Find("input[name=name]").AttrOr("value", "") != "victim" {
		t.Error("somebody else is signed in, or nobody")
	}
	if page := b.Get("/settings").Post("/signout", nil); page.Path != "/" {
		t.Errorf("honestly: %s", page.Path)
	}
}

func TestAttack23DeclinedScopeAndRevokedToken(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for platform, some := range map[string][]string{platform.TikTok: {"user.info.basic"}, platform.YouTube: {}, platform.Instagram: {"instagram_business_basic"}} {
		b := a.NewBrowser(t) // Twitch is asked for no permission
		consent := b.Get("/signin").Submit("form[action='/auth/"+platform+"']", nil)
		refused(t, b, consent.Submit("form[method=post]", url.Values{"account": {apptest.PlatformUserID(t, a, platform, pennes[platform])}, "grant": some}))
	}
	for platform, handle := range map[string]string{platform.TikTok: "token.revoked.sandbox", platform.YouTube: "token.revoked.sandbox", platform.Instagram: "token.revoked.sandbox", platform.Twitch: "token_revoked_sandbox"} {
		b := a.NewBrowser(t)
		refused(t, b, b.SignInWithPlatform(platform, handle))
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM people"); n != 0 {
		t.Errorf("%d people joined", n)
	}
	honest(t, a)
}

func TestAttack25ACreatorIsNoBrand(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.SignedInCreator(t, "penne.sandbox")
	for _, path := range []string{"/settings/brand", "/settings/members"} {
		if page := b.Get(path); page.Status != http.StatusForbidden && page.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, page.Status)
		}
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM members"); n != 0 {
		t.Errorf("%d members", n)
	}
	if page := b.Get("/settings/profile"); page.Status != http.StatusOK {
		t.Errorf("the creator's own profile: %d", page.Status)
	}
}

func TestAttack26FiftyFirstSignInsAtOnce(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]*apptest.App{"sqlite": apptest.New(t), "postgres": apptest.NewOnPostgres(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			browsers, ways := make([]*apptest.Browser, 50), make([]string, 50)
			for i := range browsers {
				browsers[i] = a.NewBrowser(t)
				ways[i] = callback(t, a, browsers[i], "penne.sandbox")
			}
			var wg sync.WaitGroup
			for i, b := range browsers {
				wg.Go(func() {
					if page := b.Get(ways[i]); page.Status != http.StatusOK {
						t.Errorf("sign-in %d got %d", i, page.Status)
					}
				})
			}
			wg.Wait()
			for _, table := range []string{"people", "identities", "creators", "creator_accounts"} {
				if n := apptest.Count(t, a, fmt.Sprintf("SELECT count(*) FROM %s", table)); n != 1 {
					t.Errorf("%d rows in %s", n, table)
				}
			}
		})
	}
}
