package apptest

import (
	"net/http"
	"net/url"
	"testing"
)

// BeginSignIn goes to the consent page of TikTok.
func BeginSignIn(t testing.TB, a *App, b *Browser) *Page {
	t.Helper()
	page := b.Get("/signin").Submit("form[action='/auth/tiktok']", url.Values{"next": {"/deals"}})
	if page.Status != http.StatusOK || "http://"+page.Host == a.URL {
		t.Fatalf("signing in led to %d %s%s", page.Status, page.Host, page.Path)
	}
	return page
}

// BeginConnecting goes from the creator's accounts to the consent page of a platform.
func BeginConnecting(b *Browser, platform string) *Page {
	return b.Get("/settings/accounts").Submit("form[action='/auth/"+platform+"']", nil)
}
