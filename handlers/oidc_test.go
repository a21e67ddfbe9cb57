package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/issuer"
	"tribemarket/models"
	"tribemarket/models/db"
)

// withIssuer is a marketplace beside an OpenID Connect provider.
func withIssuer(t *testing.T, people ...issuer.Person) (*apptest.App, *issuer.Issuer) {
	t.Helper()
	i := issuer.New(t, testkit.NewClock().Now, people...)
	return apptest.New(t, trusting(i)), i
}

// trusting lets people sign in with the issuer.
func trusting(i *issuer.Issuer) func(*config.Config) {
	return func(c *config.Config) {
		c.OIDCIssuer, c.OIDCClientID, c.OIDCClientSecret, c.OIDCName = i.URL, issuer.ClientID, issuer.ClientSecret, "Example ID"
	}
}

// viaOIDC signs in with the issuer as far as that leads.
func viaOIDC(b *apptest.Browser, sub string) *apptest.Page {
	return b.Get("/signin").Submit("form[action='/auth/oidc']", nil).Submit("form", url.Values{"sub": {sub}})
}

var ann = issuer.Person{Sub: "u1", Email: "ann@brand.example", Verified: true, Name: "Ann Example"}

// found signs Ann's brand up.
func found(t *testing.T, a *apptest.App) *apptest.Browser {
	t.Helper()
	b := a.Browser(t)
	page := viaOIDC(b, "u1")
	if page.Path != "/signup/oidc" || page.Status != http.StatusOK {
		t.Fatalf("somebody new was led to %d %s", page.Status, page.Path)
	}
	if page = page.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pans"}}); page.Path != "/dashboard" {
		t.Fatalf("founding led to %d %s:\n%.1500s", page.Status, page.Path, page.Text())
	}
	return b
}

func rows(t *testing.T, a *apptest.App, query string) (n int64) {
	t.Helper()
	if err := a.DB.Read(context.Background()).Raw(query).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestABrandIsFoundedAndEnteredWithOpenIDConnect(t *testing.T) {
	t.Parallel()
	a, _ := withIssuer(t, ann)
	b := a.Browser(t)
	page := viaOIDC(b, "u1")
	if page.Find("input[name=email]").AttrOr("value", "") != ann.Email || page.Find("input[name=name]").AttrOr("value", "") != ann.Name || page.Find("input[name=password]").Length() != 0 {
		t.Errorf("the form is %.800s", page.Find("form[action='/signup/oidc']").Text())
	}
	wrong := page.Submit("form[action='/signup/oidc']", url.Values{"brand": {""}, "sells": {"Pans"}})
	if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("textarea[name=sells]").Text() != "Pans" {
		t.Errorf("a form without a name got %d", wrong.Status)
	}
	if done := wrong.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pans"}}); done.Path != "/dashboard" {
		t.Fatalf("founding led to %d %s", done.Status, done.Path)
	}
	if again := viaOIDC(a.Browser(t), "u1"); again.Path != "/dashboard" {
		t.Errorf("the second sign-in led to %s", again.Path)
	}
	if n := rows(t, a, "SELECT count(*) FROM brands"); n != 1 {
		t.Errorf("%d brands", n)
	}
	if page := a.Browser(t).Get("/signup/oidc"); page.Path != "/signin" {
		t.Errorf("the form without a sign-in led to %s", page.Path)
	}
}

func TestAnAddressThatNobodyVerifiedIsNotUsed(t *testing.T) {
	t.Parallel()
	a, _ := withIssuer(t, issuer.Person{Sub: "u1", Email: apptest.Email("known"), Name: "Ann"})
	a.Brand(t, "known")
	page := viaOIDC(a.Browser(t), "u1")
	if page.Find("form[action='/signup/oidc'] input[name=email]").AttrOr("value", "none") != "" {
		t.Errorf("the page says %.600s", page.Text())
	}
}

func TestWhoIsKnownByAddressAddsTheProviderInTheSettings(t *testing.T) {
	t.Parallel()
	a, _ := withIssuer(t, issuer.Person{Sub: "u1", Email: apptest.Email("known"), Verified: true})
	a.Brand(t, "known")
	if _, err := a.DB.SQL().Exec("UPDATE people SET email = ?, email_confirmed_at = created_at", apptest.Email("known")); err != nil {
		t.Fatal(err)
	}
	b := a.Browser(t)
	if page := viaOIDC(b, "u1"); !page.Has("You have an account here") || b.Get("/dashboard").Path != "/signin" {
		t.Fatalf("led to %s: %.600s", page.Path, page.Text())
	}
	b = a.SignedInBrand(t, "known")
	page := b.Get("/settings/security").Submit("form[action='/auth/oidc']", nil).Submit("form", url.Values{"sub": {"u1"}})
	if page.Path != "/settings/security" || !page.Has("You can now sign in with Example ID.") {
		t.Fatalf("adding led to %s: %.600s", page.Path, page.Text())
	}
	if again := viaOIDC(a.Browser(t), "u1"); again.Path != "/dashboard" {
		t.Errorf("signing in with it led to %s", again.Path)
	}
	page = page.Submit("form[action$='/removal']", nil)
	if page.Path != "/settings/security" || page.Find("form[action$='/removal']").Length() != 0 {
		t.Errorf("removing led to %s", page.Path)
	}
	if n := rows(t, a, "SELECT count(*) FROM audit_events WHERE action IN ('accounts.way_added', 'accounts.way_removed')"); n != 2 {
		t.Errorf("%d lines in the audit log", n)
	}
}

func TestTheLastWayIsKept(t *testing.T) {
	t.Parallel()
	a, _ := withIssuer(t, ann)
	b := found(t, a)
	page := b.Get("/settings/security")
	if page.Find("form[action$='/removal']").Length() != 0 || !page.Has("Your last way to sign in") {
		t.Errorf("the last way can be removed: %.800s", page.Text())
	}
	if _, err := a.DB.SQL().Exec("UPDATE people SET email = 'ann@brand.example', email_confirmed_at = created_at"); err != nil {
		t.Fatal(err)
	}
	page = b.Get("/settings/security")
	form := page.Find("form[action$='/removal']").AttrOr("action", "")
	if _, err := a.DB.SQL().Exec("UPDATE people SET email_confirmed_at = NULL"); err != nil {
		t.Fatal(err)
	}
	if refused := page.Post(form, nil); refused.Status != http.StatusConflict {
		t.Errorf("removing the last way got %d", refused.Status)
	}
	a.Clock.Forward(16 * time.Minute)
	if late := b.Get("/settings/security").Post(form, nil); late.Path != "/confirm-identity" {
		t.Errorf("a removal long after the sign-in led to %s", late.Path)
	}
}

func TestSomebodySuspendedStaysSo(t *testing.T) {
	t.Parallel()
	a, _ := withIssuer(t, ann)
	found(t, a)
	err := a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return tx.Exec("UPDATE people SET suspended_at = ?, suspended_reason = 'test'", a.Clock.Now()).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b := a.Browser(t)
	if page := viaOIDC(b, "u1"); page.Status == http.StatusOK && page.Path == "/dashboard" {
		t.Error("the callback revived her")
	}
	if n := rows(t, a, "SELECT count(*) FROM people WHERE suspended_at IS NULL"); n != 0 {
		t.Error("she is not suspended any more")
	}
}

func TestOfManyClicksOneBrandIsFounded(t *testing.T) {
	t.Parallel()
	a, _ := withIssuer(t, ann)
	page := viaOIDC(a.Browser(t), "u1")
	form := apptest.Filled(page.Find("form[action='/signup/oidc']"))
	form.Set("brand", "Ann's Pans")
	cookies := page.Cookies()
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			r, _ := http.NewRequest(http.MethodPost, a.URL+"/signup/oidc", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Cookie", cookies)
			res, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Error(err)
				return
			}
			_ = res.Body.Close()
			if res.StatusCode >= http.StatusInternalServerError {
				t.Errorf("got %d", res.StatusCode)
			}
		})
	}
	wg.Wait()
	if people, brands := rows(t, a, "SELECT count(*) FROM people"), rows(t, a, "SELECT count(*) FROM brands"); people != 1 || brands != 1 {
		t.Errorf("%d people, %d brands", people, brands)
	}
}

func newClock() models.Clock { return testkit.NewClock().Now }

func TestSigningInAgainProvesThatItIsStillHer(t *testing.T) {
	t.Parallel()
	a, i := withIssuer(t, ann, issuer.Person{Sub: "u2"})
	b := found(t, a)
	// The issuer has a clock of its own, which stands.
	i.Claims = func(c map[string]any) { c["exp"] = a.Clock.Now().Add(time.Minute).Unix() }
	a.Clock.Forward(16 * time.Minute)
	again := func(sub string) *apptest.Page {
		return b.Get("/confirm-identity?next=/settings").Submit("form[action='/auth/oidc']", nil).Submit("form", url.Values{"sub": {sub}})
	}
	if page := again("u2"); page.Status != http.StatusForbidden || b.Get("/confirm-identity").Path != "/confirm-identity" {
		t.Errorf("as somebody else: %d %s", page.Status, page.Path)
	}
	if page := again("u1"); page.Path != "/settings" {
		t.Errorf("as herself: %d %s", page.Status, page.Path)
	}
	if page := b.Get("/confirm-identity"); page.Path != "/dashboard" {
		t.Errorf("afterwards she is asked again, on %s", page.Path)
	}
}
