package accounts_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/accounts"
)

func TestAPersonSeesWhereSheIsSignedInAndSignsOutThere(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	a.SignUpBrand(t, "fonte")
	here, there, other := a.SignedInBrand(t, "brumelle"), a.SignedInBrand(t, "brumelle"), a.SignedInBrand(t, "fonte")
	page := here.Get("/settings/security")
	if n := page.Find("#sessions tbody tr").Length(); n != 2 || !page.HasTexts("This one", "127.0.0.0/24", "With the password") {
		t.Fatalf("%d sessions: %s", n, page.Find("#sessions").Text())
	}
	end := page.Find("form[action*='/sessions/'][action$='/end']").First().AttrOr("action", "")
	if p := other.Get("/settings/security").Post(end, nil); p.Status != http.StatusNotFound {
		t.Errorf("ending a foreign session gave %d", p.Status)
	}
	if p := page.Submit("form[action='"+end+"']", nil); p.Status != http.StatusOK || p.Find("#sessions tbody tr").Length() != 1 || !p.HasTexts("You are now signed out there.") {
		t.Errorf("ending it led to %d %s", p.Status, p.Find("main").Text())
	}
	if p := there.Get("/settings"); p.Path != "/signin" {
		t.Errorf("the ended session still opens %s", p.Path)
	}
	if here.Get("/settings").Path != "/settings" || other.Get("/settings").Path != "/settings" {
		t.Error("another session ended too")
	}
	there = a.SignedInBrand(t, "brumelle")
	here.Get("/settings/security").Submit("form[action$='/sessions/others/end']", nil)
	if there.Get("/settings").Path != "/signin" || here.Get("/settings").Path != "/settings" {
		t.Error("signing out everywhere else did something else")
	}
}

func TestATokenFromBeforeTheSignInIsWorthNothing(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	b := a.NewBrowser(t)
	b.Get("/signin").Submit("form[action='/signin']", url.Values{"email": {"x@brand.example"}, "password": {"wrong"}})
	b.Get("/signin").Post("/language", url.Values{"language": {"en"}})
	before := b.Cookie("session")
	b.Get("/signin").Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("brumelle")}, "password": {apptest.Password}})
	signedIn := b.Cookie("session")
	if signedIn == "" || signedIn == before {
		t.Fatalf("the token is %q, was %q", signedIn, before)
	}
	a.Clock.Advance(time.Hour)
	b.Get("/confirm-identity").Submit("form[action='/confirm-identity']", url.Values{"password": {apptest.Password}})
	if renewed := b.Cookie("session"); renewed == signedIn {
		t.Error("the token is the same after a proof")
	}
	thief := a.NewBrowser(t)
	thief.SetCookie("session", before)
	if p := thief.Get("/settings"); p.Path != "/signin" {
		t.Errorf("the token from before the sign-in opens %s", p.Path)
	}
	thief.SetCookie("session", signedIn)
	if thief.Get("/settings/email"); thief.Cookie("session") != signedIn {
		t.Error("the token from before the proof is told the new one")
	}
	if p := thief.Get("/confirm-identity"); p.Path == "/settings" {
		t.Error("the token from before the proof counts as proved")
	}
	a.Clock.Advance(accounts.SessionGrace)
	if p := thief.Get("/settings"); p.Path != "/signin" {
		t.Errorf("the token from before the proof opens %s", p.Path)
	}
}

func TestTheIdentityIsConfirmedAgain(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	b := a.SignedInBrand(t, "brumelle")
	if p := b.Get("/confirm-identity?next=%2Fsettings"); p.Path != "/settings" {
		t.Errorf("right after signing in it asks on %s", p.Path)
	}
	a.Clock.Advance(15 * time.Minute)
	p := b.Get("/confirm-identity?next=%2Fsettings")
	if p.Path != "/confirm-identity" || p.Status != http.StatusOK {
		t.Fatalf("after a quarter of an hour: %d %s", p.Status, p.Path)
	}
	p = p.Submit("form[action='/confirm-identity']", url.Values{"password": {"wrong password"}})
	if p.Status != http.StatusUnprocessableEntity || p.Find("#f-password-error").Text() != "The password is wrong." {
		t.Errorf("a wrong password gave %d: %s", p.Status, p.Find("main").Text())
	}
	if p = p.Submit("form[action='/confirm-identity']", url.Values{"password": {apptest.Password}}); p.Path != "/settings" || p.Status != http.StatusOK {
		t.Errorf("the password led to %d %s", p.Status, p.Path)
	}
	if p := a.NewBrowser(t).Get("/confirm-identity"); p.Path != "/signin" {
		t.Errorf("a visitor gets %s", p.Path)
	}
}

func TestNewRightsRenewTheSession(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	who := a.SignUpBrand(t, "brumelle")
	b := a.SignedInBrand(t, "brumelle")
	token := b.Cookie("session")
	if b.Get("/settings"); b.Cookie("session") != token {
		t.Error("a page view renews the session")
	}
	if _, err := a.Accounts.AddAdmin(context.Background(), apptest.BrandEmail("brumelle")); err != nil {
		t.Fatal(err)
	}
	p := b.Get("/settings")
	if p.Path == "/signin" { // the verb may end sessions itself, which is as good
		return
	}
	if b.Cookie("session") == token {
		t.Errorf("person %d has other rights under the same token", who.PersonID)
	}
	thief := a.NewBrowser(t)
	thief.SetCookie("session", token)
	if thief.Get("/settings"); thief.Cookie("session") != token {
		t.Error("the token from before is told the new one")
	}
	a.Clock.Advance(accounts.SessionGrace)
	if thief.Get("/settings").Path != "/signin" {
		t.Error("the token from before goes on")
	}
}
