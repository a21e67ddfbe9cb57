package creators_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/platform"
)

// second are further accounts that a creator with @penne.sandbox on TikTok connects.
var second = map[string]string{
	platform.YouTube: "penne.sandbox", platform.Instagram: "shop.sandbox", platform.Twitch: "penne_sandbox", platform.TikTok: "chapter.sandbox",
}

func TestASecondAccountIsConnected(t *testing.T) {
	t.Parallel()
	for name, handle := range second {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := apptest.NewPartnership(t)
			page := apptest.BeginConnecting(h.AsCreator, name).AllowAccount(name, handle)
			if page.Status != http.StatusOK || page.Path != "/settings/accounts" || !page.HasTexts("@"+handle+" is connected", "@penne.sandbox") || page.Find("form[action$='/removal']").Length() == 0 {
				t.Fatalf("connecting led to %d %s: %.800s", page.Status, page.Path, page.Find("main").Text())
			}
			if n := strings.Count(page.Find("main").Text(), "you can sign in with it"); n != 2 {
				t.Errorf("the creator can sign in with %d accounts: %s", n, page.Find("main").Text())
			}
			if n := apptest.Count(t, h.App, "SELECT count(*) FROM creator_accounts a JOIN account_tokens t ON t.account_id = a.id WHERE t.state = 'good' AND t.read_at IS NOT NULL"); n != 2 {
				t.Errorf("%d accounts are read on", n)
			}
			if public := h.NewBrowser(t).Get("/c/" + h.CreatorID); public.Status != http.StatusOK || !strings.Contains(public.Body, "penne.sandbox") || !strings.Contains(public.Body, handle) {
				t.Errorf("the creator's page does not show both: %d %.800s", public.Status, public.Find("main").Text())
			}
			// Either is a way to the same profile, and the same person.
			for p, with := range map[string]string{platform.TikTok: "penne.sandbox", name: handle} {
				b := h.NewBrowser(t)
				if page := b.SignInWithPlatform(p, with); page.Path != "/dashboard" && page.Path != "/welcome" {
					t.Errorf("signing in with @%s on %s led to %d %s", with, p, page.Status, page.Path)
				}
				if page := b.Get("/settings/accounts"); !page.HasTexts("@penne.sandbox", "@"+handle) {
					t.Errorf("signed in with @%s on %s: %.500s", with, p, page.Find("main").Text())
				}
			}
			if n := apptest.Count(t, h.App, "SELECT count(*) FROM creators"); n != 1 {
				t.Errorf("%d profiles", n)
			}
		})
	}
}

func TestConnectingIsRefused(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	if p := h.NewBrowser(t).SignInWithPlatform(platform.YouTube, "solder.sandbox"); p.Path != "/welcome" {
		t.Fatalf("the other creator: %d %s", p.Status, p.Path)
	}
	for name, c := range map[string]struct {
		status int
		says   string
		run    func() *apptest.Page
	}{
		"an account of another profile": {http.StatusConflict, "belongs to another profile here. Sign in with it and disconnect it there first", func() *apptest.Page {
			return apptest.BeginConnecting(h.AsCreator, platform.YouTube).AllowAccount(platform.YouTube, "solder.sandbox")
		}},
		"denied": {http.StatusForbidden, "The account is not connected", func() *apptest.Page {
			return apptest.BeginConnecting(h.AsCreator, platform.YouTube).Submit("form[method=post]", url.Values{"decision": {"refuse"}})
		}},
		"denied at TikTok": {http.StatusForbidden, "The account is not connected", func() *apptest.Page {
			return apptest.BeginConnecting(h.AsCreator, platform.TikTok).Submit("form[method=post]", url.Values{"decision": {"refuse"}})
		}},
		"a permission left out at YouTube": {http.StatusForbidden, "A permission is missing", func() *apptest.Page {
			return apptest.BeginConnecting(h.AsCreator, platform.YouTube).Submit("form[method=post]", url.Values{"account": {apptest.PlatformUserID(t, h.App, platform.YouTube, "penne.sandbox")}, "grant": {}})
		}},
		"a permission left out at Instagram": {http.StatusForbidden, "A permission is missing", func() *apptest.Page {
			return apptest.BeginConnecting(h.AsCreator, platform.Instagram).Submit("form[method=post]", url.Values{"account": {apptest.PlatformUserID(t, h.App, platform.Instagram, "penne.sandbox")}, "grant": {"instagram_business_basic"}})
		}},
		"no channel": {http.StatusForbidden, "There is no channel to read", func() *apptest.Page {
			return apptest.BeginConnecting(h.AsCreator, platform.YouTube).AllowAccount(platform.YouTube, "nochannel.sandbox")
		}},
	} {
		page := c.run()
		if page.Status != c.status || !page.HasTexts(c.says) {
			t.Errorf("%s: %d %s says %.500s", name, page.Status, page.Path, page.Find("main").Text())
		}
		// The way on is to connect, not to sign in as somebody else.
		if retry := page.Find("form[action^='/auth/'] input[name=purpose][value=connect]").Length(); retry == 0 || retry != page.Find("form[action^='/auth/']").Length() {
			t.Errorf("%s: %d of %d ways on connect", name, retry, page.Find("form[action^='/auth/']").Length())
		}
		if p := h.AsCreator.Get("/settings/accounts"); p.Status != http.StatusOK || p.Find("form[action$='/removal']").Length() != 1 {
			t.Errorf("%s: afterwards %d, %d accounts", name, p.Status, p.Find("form[action$='/removal']").Length())
		}
	}
	if n := apptest.Count(t, h.App, "SELECT count(*) FROM creator_accounts"); n != 2 {
		t.Errorf("%d accounts", n)
	}
	page := h.AsCreator.Get("/settings/accounts").Submit("form[action='/auth/youtube']", nil).Submit("form[method=post]", url.Values{"decision": {"refuse"}})
	if page = page.Submit("form[action='/auth/youtube']", nil).AllowAccount(platform.YouTube, "penne.sandbox"); page.Path != "/settings/accounts" || !page.HasTexts("@penne.sandbox is connected") {
		t.Errorf("trying again led to %d %s", page.Status, page.Path)
	}
}

func TestOnlyTheOwnerConnectsAccounts(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	h.JoinCreator(t, "solder.sandbox")
	if p := h.NewBrowser(t).Get("/signin").Post("/auth/youtube", url.Values{"purpose": {"connect"}, "next": {"/settings/accounts"}}); p.Path != "/signin" {
		t.Errorf("a visitor's begin led to %d %s", p.Status, p.Path)
	}
	if p := h.AsBrand.Get("/dashboard").Post("/auth/youtube", url.Values{"purpose": {"connect"}}); p.Status != http.StatusForbidden {
		t.Errorf("a brand's begin led to %d %s", p.Status, p.Path)
	}
	back := func(b *apptest.Browser) string {
		b.StopAtCallback()
		defer b.FollowRedirects()
		return strings.TrimPrefix(apptest.BeginConnecting(b, platform.YouTube).AllowAccount(platform.YouTube, "penne.sandbox").Header.Get("Location"), h.URL)
	}
	path := back(h.AsCreator)
	other := h.SignedInCreator(t, "solder.sandbox")
	if p := other.Get(path); p.Status != http.StatusBadRequest {
		t.Errorf("in another person's browser: %d", p.Status)
	}
	// Even in the same browser: one person has left, and another one has come.
	shared := h.SignedInCreator(t, "solder.sandbox")
	path = back(shared)
	shared.Get("/settings").Post("/signout", nil)
	if p := shared.Get(path); p.Status != http.StatusBadRequest {
		t.Errorf("signed out: %d", p.Status)
	}
	shared = h.SignedInCreator(t, "solder.sandbox")
	path = back(shared)
	shared.Get("/settings").Post("/signout", nil)
	cookie := shared.Cookie("signin")
	shared.SignInWithTikTok("penne.sandbox")
	shared.SetCookie("signin", cookie)
	if p := shared.Get(path); p.Status != http.StatusBadRequest {
		t.Errorf("as somebody else: %d", p.Status)
	}
	if n := apptest.Count(t, h.App, "SELECT count(*) FROM creator_accounts WHERE name = 'youtube'"); n != 0 {
		t.Errorf("%d accounts were connected", n)
	}
	if p := h.AsCreator.Get(back(h.AsCreator)); !p.HasTexts("@penne.sandbox is connected") {
		t.Errorf("honestly: %d %s", p.Status, p.Path)
	}
}

func TestALostAccountIsConnectedAgain(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	header, body := h.Sandbox.RemovalRequest(platform.TikTok, apptest.PlatformUserID(t, h.App, platform.TikTok, "penne.sandbox"), sandbox.RemovalOptions{Reason: sandbox.ReasonDisconnected})
	if p := send(t, h.App, "/hooks/tiktok", header, body); p.Status != http.StatusOK {
		t.Fatal(p.Status)
	}
	const read = "SELECT count(*) FROM account_tokens WHERE state = 'good' AND access IS NOT NULL AND read_at IS NOT NULL AND reason = '' AND since IS NULL"
	page := h.AsCreator.Get("/settings/accounts")
	if page.Find(".notice.late").Length() != 1 || apptest.Count(t, h.App, read) != 0 {
		t.Fatalf("it is not lost: %s", page.Find("main").Text())
	}
	page = page.Submit("[id^=account-] form[action='/auth/tiktok']", nil).AllowAccount(platform.TikTok, "penne.sandbox")
	if page.Path != "/settings/accounts" || page.Find(".notice.late").Length() != 0 || !page.HasTexts("Next reading") || page.Find("form[action$='/removal']").Length() != 1 {
		t.Errorf("connecting again led to %d %s: %s", page.Status, page.Path, page.Find("main").Text())
	}
	if apptest.Count(t, h.App, read) != 1 {
		t.Error("it is not read on")
	}
	if p := h.AsCreator.Get("/dashboard"); p.HasTexts("An account has to be connected again") {
		t.Error("the dashboard still asks")
	}
}

func TestAnAccountThatIsNoWayInAnyMore(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	apptest.BeginConnecting(h.AsCreator, platform.YouTube).AllowAccount(platform.YouTube, "penne.sandbox")
	if _, err := h.DB.SQLPool().Exec("DELETE FROM identities WHERE provider = 'youtube'"); err != nil {
		t.Fatal(err)
	}
	b := h.NewBrowser(t)
	if p := b.SignInWithPlatform(platform.YouTube, "penne.sandbox"); p.Status != http.StatusConflict || !p.HasTexts("can no longer be used to sign in", "Sign in as you usually do") {
		t.Errorf("signing in with it: %d %.400s", p.Status, p.Find("main").Text())
	}
	if p := b.Get("/dashboard"); p.Path != "/signin" {
		t.Errorf("somebody is signed in, on %s", p.Path)
	}
	if p := apptest.BeginConnecting(h.AsCreator, platform.YouTube).AllowAccount(platform.YouTube, "penne.sandbox"); p.Path != "/settings/accounts" || p.HasTexts("you cannot sign in with it") {
		t.Errorf("connecting again led to %d %s", p.Status, p.Path)
	}
	if p := h.NewBrowser(t).SignInWithPlatform(platform.YouTube, "penne.sandbox"); p.Path != "/dashboard" && p.Path != "/welcome" {
		t.Errorf("after that: %d %s", p.Status, p.Path)
	}
}

// Whoever signed in long ago proves who they are before adding a sign-in method.
func TestConnectingAsksForARecentSignIn(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	h.Clock.Advance(20 * time.Minute)
	p := apptest.BeginConnecting(h.AsCreator, platform.YouTube)
	if p.Path != "/confirm-identity" {
		t.Fatalf("long after signing in: %d %s", p.Status, p.Path)
	}
	// Saying no leads to a page that goes on confirming, not to a sign-in as somebody else.
	p = p.Submit("form[action='/auth/tiktok']", nil).Submit("form[method=post]", url.Values{"decision": {"refuse"}})
	if p.Status != http.StatusForbidden || !p.HasTexts("We could not confirm that it is you") || p.Find("form[action='/auth/tiktok'] input[name=purpose][value=confirm]").Length() != 1 {
		t.Fatalf("saying no: %d %.300s", p.Status, p.Find("main").Text())
	}
	if p = p.Submit("form[action='/auth/tiktok']", nil).AllowAccount(platform.TikTok, "penne.sandbox"); p.Path != "/settings/accounts" {
		t.Fatalf("confirming led to %d %s", p.Status, p.Path)
	}
	if p = apptest.BeginConnecting(h.AsCreator, platform.YouTube).AllowAccount(platform.YouTube, "penne.sandbox"); !p.HasTexts("@penne.sandbox is connected") {
		t.Errorf("connecting led to %d %s", p.Status, p.Path)
	}
}
