package apptest

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"testing"

	"tribemarket/internal/testkit"
)

// Fork starts the same marketplace on a copy of its SQLite database, so that a
// test can try something whose effects others must not see.
func (a *App) Fork(t testing.TB) *App {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fork.db")
	if err := a.DB.Read(context.Background()).Exec("VACUUM INTO ?", path).Error; err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock()
	clock.Advance(a.Clock.Now().Sub(clock.Now()))
	return startWithSandbox(t, "sqlite:"+path, clock)
}

// OnFork returns this browser, still signed in, on a fork of its marketplace.
func (b *Browser) OnFork(fork *App) *Browser {
	b.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.t.Fatal(err)
	}
	from, err1 := url.Parse(b.app.URL)
	to, err2 := url.Parse(fork.URL)
	if err1 != nil || err2 != nil {
		b.t.Fatal(err1, err2)
	}
	jar.SetCookies(to, b.client.Jar.Cookies(from))
	return &Browser{t: b.t, app: fork, client: &http.Client{Jar: jar}, Language: b.Language}
}

// StopAtRedirects keeps the browser from following redirects, so that a test can inspect
// each response.
func (b *Browser) StopAtRedirects() {
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
}
