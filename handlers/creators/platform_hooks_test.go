package creators_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/platform"
)

// send posts a platform's message, as the platform does: without a session.
func send(t *testing.T, a *apptest.App, path string, header http.Header, body []byte) *apptest.Page {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, a.URL+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	return a.NewBrowser(t).Do(r)
}

func TestACreatorDisconnectsAnAccount(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	page := h.AsCreator.Get("/settings/accounts")
	if !page.HasTexts("TikTok", "@penne.sandbox", "Next reading", "you can sign in with it") {
		t.Errorf("the page says: %s", page.Find("main").Text())
	}
	// It is the creator's only sign-in method, and they have no confirmed address.
	if p := page.Submit("form[action$='/removal']", nil); p.Status != http.StatusConflict || p.Find("#error-summary").Length() == 0 {
		t.Errorf("removing the last way in answers %d", p.Status)
	}
	acc, _ := h.Sandbox.TikTokAccount("penne.sandbox")
	var person int64
	h.DB.Read(context.Background()).Raw("SELECT person_id FROM identities WHERE subject = ?", acc.OpenID).Scan(&person)
	if err := h.Accounts.ConfirmEmailWithoutLink(context.Background(), person, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	page = h.AsCreator.Get("/settings/accounts").Submit("form[action$='/removal']", nil)
	if page.Path != "/settings/accounts" || !page.HasTexts("The account is disconnected") {
		t.Fatalf("disconnecting led to %d %s", page.Status, page.Path)
	}
	if found := apptest.FindText(t, h.DB, "penne.sandbox"); len(found) > 0 {
		t.Errorf("the account still stands in %v", found)
	}
	if p := h.NewBrowser(t).Get("/c/" + h.CreatorID); p.Status != http.StatusNotFound {
		t.Errorf("a profile without an account answers %d", p.Status)
	}
}

func TestTikTokTellsThatTheConsentIsGone(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	acc, _ := h.Sandbox.TikTokAccount("penne.sandbox")
	for name, o := range map[string]sandbox.RemovalOptions{"forged": {Forged: true}, "of another app": {OtherApp: true}, "late": {Late: 400e9}} {
		header, body := h.Sandbox.RemovalRequest(platform.TikTok, acc.OpenID, o)
		if p := send(t, h.App, "/hooks/tiktok", header, body); p.Status != http.StatusForbidden {
			t.Errorf("a message that is %s answers %d", name, p.Status)
		}
	}
	if p := h.AsCreator.Get("/settings/accounts"); p.Find(".notice.late").Length() != 0 {
		t.Fatal("a message that is not TikTok's had an effect")
	}
	header, body := h.Sandbox.RemovalRequest(platform.TikTok, acc.OpenID, sandbox.RemovalOptions{Reason: sandbox.ReasonDisconnected})
	for range 3 { // TikTok sends at least once
		if p := send(t, h.App, "/hooks/tiktok", header.Clone(), body); p.Status != http.StatusOK {
			t.Errorf("the message answers %d", p.Status)
		}
	}
	page := h.AsCreator.Get("/settings/accounts")
	if page.Find(".notice.late").Length() != 1 || !page.HasTexts("You withdrew the permission on TikTok.", "Connect again", "If you do nothing") {
		t.Errorf("the page says: %s", page.Find("main").Text())
	}
	if p := h.AsCreator.Get("/dashboard"); !p.HasTexts("An account has to be connected again") {
		t.Errorf("the dashboard says: %s", p.Find("main").Text())
	}
	var events int64
	h.DB.Read(context.Background()).Raw("SELECT count(*) FROM removals").Scan(&events)
	if events != 1 {
		t.Errorf("%d removals are kept", events)
	}

	// Signing in again is a new consent.
	if p := h.NewBrowser(t).SignInWithTikTok("penne.sandbox"); p.Status != http.StatusOK {
		t.Fatalf("signing in again answers %d", p.Status)
	}
	if p := h.AsCreator.Get("/settings/accounts"); p.Find(".notice.late").Length() != 0 {
		t.Errorf("after signing in again the page says: %s", p.Find("main").Text())
	}
}

func TestInstagramAsksToDelete(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	b := h.NewBrowser(t)
	const handle = "shop.sandbox"
	if p := b.SignInWithPlatform(platform.Instagram, handle); p.Status != http.StatusOK || p.Path != "/welcome" {
		t.Fatalf("signing in with @%s led to %d %s", handle, p.Status, p.Path)
	}
	acc, _ := h.Sandbox.AccountOn(platform.Instagram, handle)
	header, body := h.Sandbox.RemovalRequest(platform.Instagram, acc.OpenID, sandbox.RemovalOptions{Forged: true})
	if p := send(t, h.App, "/hooks/instagram/deletion", header, body); p.Status != http.StatusForbidden {
		t.Errorf("a forged request answers %d", p.Status)
	}
	if len(apptest.FindText(t, h.DB, handle)) == 0 {
		t.Fatal("the forged request had an effect")
	}
	header, body = h.Sandbox.RemovalRequest(platform.Instagram, acc.OpenID, sandbox.RemovalOptions{})
	answer := send(t, h.App, "/hooks/instagram/deletion", header, body)
	var said struct {
		URL  string `json:"url"`
		Code string `json:"confirmation_code"`
	}
	if err := json.Unmarshal([]byte(answer.Body), &said); err != nil || said.Code == "" || !strings.HasPrefix(said.URL, h.URL) {
		t.Fatalf("the request answers %d %s", answer.Status, answer.Body)
	}
	if found := apptest.FindText(t, h.DB, handle); len(found) > 0 {
		t.Errorf("the account still stands in %v", found)
	}
	if p := h.NewBrowser(t).Get(strings.TrimPrefix(said.URL, h.URL)); p.Status != http.StatusOK || !p.HasTexts("was deleted", said.Code) {
		t.Errorf("the status page answers %d: %s", p.Status, p.Find("main").Text())
	}
	if p := h.NewBrowser(t).Get("/deletion/guessed"); p.Status != http.StatusNotFound {
		t.Errorf("a guessed code answers %d", p.Status)
	}
}

func TestHooksTakeNoNonsense(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	for _, path := range []string{"/hooks/tiktok", "/hooks/instagram/deletion", "/hooks/youtube", "/hooks/none", "/hooks/%00"} {
		want := http.StatusForbidden
		if path == "/hooks/%00" {
			want = http.StatusNotFound // no address
		}
		for _, body := range []string{"", "{", "signed_request=a.b", url.Values{"signed_request": {strings.Repeat(".", 1000)}}.Encode(), `{"event":"authorization.removed"}`} {
			if p := send(t, a, path, form.Clone(), []byte(body)); p.Status != want {
				t.Errorf("%s with %.20q answers %d", path, body, p.Status)
			}
		}
	}
	if p := send(t, a, "/hooks/tiktok", form, bytes.Repeat([]byte("x"), 2<<20)); p.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("two megabytes answer %d", p.Status)
	}
}
