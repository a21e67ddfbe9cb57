package apptest

import (
	"net/http"
	"net/url"
	"testing"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/issuer"
)

// Ann is a person whom the issuer knows.
var Ann = issuer.Person{Sub: "u1", Email: "ann@brand.example", Verified: true, Name: "Ann Example"}

// FoundBrandWithOIDC signs up Ann and Ann's brand.
func FoundBrandWithOIDC(t testing.TB, a *App) *Browser {
	t.Helper()
	b := a.NewBrowser(t)
	page := SignInWithOIDC(b, "u1")
	if page.Path != "/signup/oidc" || page.Status != http.StatusOK {
		t.Fatalf("somebody new was led to %d %s", page.Status, page.Path)
	}
	if page = page.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pans"}}); page.Path != "/dashboard" {
		t.Fatalf("founding led to %d %s:\n%.1500s", page.Status, page.Path, page.Text())
	}
	return b
}

// TrustIssuer is an option for New: people may sign in with the issuer.
func TrustIssuer(i *issuer.Issuer) func(*config.Config) {
	return func(c *config.Config) {
		c.OIDCIssuer, c.OIDCClientID, c.OIDCClientSecret, c.OIDCName = i.URL, issuer.ClientID, issuer.ClientSecret, "Example ID"
	}
}

// SignInWithOIDC signs in with the issuer and returns the page reached.
func SignInWithOIDC(b *Browser, sub string) *Page {
	return b.Get("/signin").Submit("form[action='/auth/oidc']", nil).Submit("form", url.Values{"sub": {sub}})
}

// NewWithIssuer starts a marketplace with an OpenID Connect provider.
func NewWithIssuer(t testing.TB, people ...issuer.Person) (*App, *issuer.Issuer) {
	t.Helper()
	i := issuer.New(t, testkit.NewClock().Now, people...)
	return New(t, TrustIssuer(i)), i
}
