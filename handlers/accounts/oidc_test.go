package accounts_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/issuer"
	"tribemarket/models/db"
)

func TestABrandIsFoundedAndEnteredWithOpenIDConnect(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann)
	b := a.NewBrowser(t)
	page := apptest.SignInWithOIDC(b, "u1")
	if page.Find("input[name=email]").AttrOr("value", "") != apptest.Ann.Email || page.Find("input[name=name]").AttrOr("value", "") != apptest.Ann.Name || page.Find("input[name=password]").Length() != 0 {
		t.Errorf("the form is %.800s", page.Find("form[action='/signup/oidc']").Text())
	}
	wrong := page.Submit("form[action='/signup/oidc']", url.Values{"brand": {""}, "sells": {"Pans"}})
	if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("textarea[name=sells]").Text() != "Pans" {
		t.Errorf("a form without a name got %d", wrong.Status)
	}
	if done := wrong.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pans"}}); done.Path != "/dashboard" {
		t.Fatalf("founding led to %d %s", done.Status, done.Path)
	}
	if again := apptest.SignInWithOIDC(a.NewBrowser(t), "u1"); again.Path != "/dashboard" {
		t.Errorf("the second sign-in led to %s", again.Path)
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM brands"); n != 1 {
		t.Errorf("%d brands", n)
	}
	if page := a.NewBrowser(t).Get("/signup/oidc"); page.Path != "/signin" {
		t.Errorf("the form without a sign-in led to %s", page.Path)
	}
}

func TestAnAddressThatNobodyVerifiedIsNotUsed(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, issuer.Person{Sub: "u1", Email: apptest.BrandEmail("known"), Name: "Ann"})
	a.SignUpBrand(t, "known")
	page := apptest.SignInWithOIDC(a.NewBrowser(t), "u1")
	if page.Find("form[action='/signup/oidc'] input[name=email]").AttrOr("value", "none") != "" {
		t.Errorf("the page says %.600s", page.Text())
	}
}

func TestWhoIsKnownByAddressAddsTheProviderInTheSettings(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, issuer.Person{Sub: "u1", Email: apptest.BrandEmail("known"), Verified: true})
	a.SignUpBrand(t, "known")
	if _, err := a.DB.SQLPool().Exec("UPDATE people SET email = ?, email_confirmed_at = created_at", apptest.BrandEmail("known")); err != nil {
		t.Fatal(err)
	}
	b := a.NewBrowser(t)
	if page := apptest.SignInWithOIDC(b, "u1"); !page.HasTexts("You already have an account here") || b.Get("/dashboard").Path != "/signin" {
		t.Fatalf("led to %s: %.600s", page.Path, page.Text())
	}
	b = a.SignedInBrand(t, "known")
	page := b.Get("/settings/security").Submit("form[action='/auth/oidc']", nil).Submit("form", url.Values{"sub": {"u1"}})
	if page.Path != "/settings/security" || !page.HasTexts("You can now sign in with Example ID.") {
		t.Fatalf("adding led to %s: %.600s", page.Path, page.Text())
	}
	if again := apptest.SignInWithOIDC(a.NewBrowser(t), "u1"); again.Path != "/dashboard" {
		t.Errorf("signing in with it led to %s", again.Path)
	}
	page = page.Submit("form[action$='/removal']", nil)
	if page.Path != "/settings/security" || page.Find("form[action$='/removal']").Length() != 0 {
		t.Errorf("removing led to %s", page.Path)
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM audit_events WHERE action IN ('accounts.way_added', 'accounts.way_removed')"); n != 2 {
		t.Errorf("%d lines in the audit log", n)
	}
}

func TestTheLastWayIsKept(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann)
	b := apptest.FoundBrandWithOIDC(t, a)
	page := b.Get("/settings/security")
	if page.Find("form[action$='/removal']").Length() != 0 || !page.HasTexts("Your last way to sign in") {
		t.Errorf("the last way can be removed: %.800s", page.Text())
	}
	if _, err := a.DB.SQLPool().Exec("UPDATE people SET email = 'ann@brand.example', email_confirmed_at = created_at"); err != nil {
		t.Fatal(err)
	}
	page = b.Get("/settings/security")
	form := page.Find("form[action$='/removal']").AttrOr("action", "")
	if _, err := a.DB.SQLPool().Exec("UPDATE people SET email_confirmed_at = NULL"); err != nil {
		t.Fatal(err)
	}
	if refused := page.Post(form, nil); refused.Status != http.StatusConflict {
		t.Errorf("removing the last way got %d", refused.Status)
	}
	a.Clock.Advance(16 * time.Minute)
	if late := b.Get("/settings/security").Post(form, nil); late.Path != "/confirm-identity" {
		t.Errorf("a removal long after the sign-in led to %s", late.Path)
	}
}

func TestSomebodySuspendedStaysSo(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann)
	apptest.FoundBrandWithOIDC(t, a)
	err := a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		return tx.Exec("UPDATE people SET suspended_at = ?, suspended_reason = 'test'", a.Clock.Now()).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b := a.NewBrowser(t)
	if page := apptest.SignInWithOIDC(b, "u1"); page.Status == http.StatusOK && page.Path == "/dashboard" {
		t.Error("the callback revived the suspended person")
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM people WHERE suspended_at IS NULL"); n != 0 {
		t.Error("the person is no longer suspended")
	}
}

func TestOfManyClicksOneBrandIsFounded(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann)
	page := apptest.SignInWithOIDC(a.NewBrowser(t), "u1")
	form := apptest.FormValues(page.Find("form[action='/signup/oidc']"))
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
	if people, brands := apptest.Count(t, a, "SELECT count(*) FROM people"), apptest.Count(t, a, "SELECT count(*) FROM brands"); people != 1 || brands != 1 {
		t.Errorf("%d people, %d brands", people, brands)
	}
}

func TestSigningInAgainProvesThatItIsStillTheSamePerson(t *testing.T) {
	t.Parallel()
	a, i := apptest.NewWithIssuer(t, apptest.Ann, issuer.Person{Sub: "u2"})
	b := apptest.FoundBrandWithOIDC(t, a)
	// The issuer has a clock of its own, which stands.
	i.Claims = func(c map[string]any) { c["exp"] = a.Clock.Now().Add(time.Minute).Unix() }
	a.Clock.Advance(16 * time.Minute)
	again := func(sub string) *apptest.Page {
		return b.Get("/confirm-identity?next=/settings").Submit("form[action='/auth/oidc']", nil).Submit("form", url.Values{"sub": {sub}})
	}
	if page := again("u2"); page.Status != http.StatusForbidden || b.Get("/confirm-identity").Path != "/confirm-identity" {
		t.Errorf("as somebody else: %d %s", page.Status, page.Path)
	}
	if page := again("u1"); page.Path != "/settings" {
		t.Errorf("as a person alone: %d %s", page.Status, page.Path)
	}
	if page := b.Get("/confirm-identity"); page.Path != "/dashboard" {
		t.Errorf("afterwards the person is asked again, on %s", page.Path)
	}
}
