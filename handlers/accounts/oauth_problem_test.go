package accounts_test

import (
	"net/http"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// What goes wrong with any platform leads to a page that says so and leads on,
// and signs nobody in.
func TestSigningInGoesWrongOnEveryPlatform(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for _, c := range []struct {
		platform, handle, name string
		status                 int
	}{
		{"youtube", "token.500.sandbox", "YouTube", http.StatusServiceUnavailable},
		{"youtube", "token.revoked.sandbox", "YouTube", http.StatusBadRequest},
		{"youtube", "channels.403.sandbox", "YouTube", http.StatusServiceUnavailable},
		{"youtube", "nochannel.sandbox", "YouTube", http.StatusForbidden},
		{"instagram", "token.500.sandbox", "Instagram", http.StatusServiceUnavailable},
		{"instagram", "media.garbage.sandbox", "Instagram", http.StatusServiceUnavailable},
		{"instagram", "personal.sandbox", "Instagram", http.StatusForbidden},
		{"twitch", "token_500_sandbox", "Twitch", http.StatusServiceUnavailable},
		{"twitch", "users_429_sandbox", "Twitch", http.StatusServiceUnavailable},
	} {
		b := a.NewBrowser(t)
		p := b.SignInWithPlatform(c.platform, c.handle)
		if p.Status != c.status || !p.HasTexts(c.name) || p.Find("form[action='/auth/"+c.platform+"'], a[href^='/signin']").Length() == 0 {
			t.Errorf("@%s on %s led to %d %s:\n%.300s", c.handle, c.name, p.Status, p.Path, p.Find("main").Text())
		}
		if b.Get("/dashboard").Path != "/signin" {
			t.Errorf("@%s on %s: somebody is signed in", c.handle, c.name)
		}
	}
}
