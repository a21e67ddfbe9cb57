package apptest

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"tribemarket/models"
)

// SignIn enters an address and a password, and gives the page that follows.
func (b *Browser) SignIn(email, password string) *Page {
	b.t.Helper()
	return b.Get("/signin").Submit("form[action='/signin']", url.Values{"email": {email}, "password": {password}})
}

// Factor is a person's second factor: her app, and her recovery codes.
type Factor struct {
	Secret   string
	Recovery []string
}

// Code is what the app shows at a time.
func (f *Factor) Code(t testing.TB, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(f.Secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// Next is a recovery code that was not used.
func (f *Factor) Next() string {
	code := f.Recovery[0]
	f.Recovery = f.Recovery[1:]
	return code
}

// Factor turns a second factor on, through the area's verbs. The person's
// sessions end.
func (a *App) Factor(t testing.TB, who models.Actor) *Factor {
	t.Helper()
	ctx := context.Background()
	if err := a.Accounts.BeginFactor(ctx, who); err != nil {
		t.Fatal(err)
	}
	e, err := a.Accounts.Enrolment(ctx, who, "Test market", "somebody")
	if err != nil {
		t.Fatal(err)
	}
	f := &Factor{Secret: e.Secret}
	if f.Recovery, err = a.Accounts.ConfirmFactor(ctx, who, f.Code(t, a.Clock.Now()), ""); err != nil {
		t.Fatal(err)
	}
	return f
}

// SignedInWith is a browser in which somebody has entered her password and a recovery code.
func (a *App) SignedInWith(t testing.TB, email string, f *Factor) *Browser {
	t.Helper()
	b := a.Browser(t)
	p := b.SignIn(email, Password)
	if p.Path != "/signin/factor" {
		t.Fatalf("sign-in led to %d %s: %.300s", p.Status, p.Path, strings.TrimSpace(p.Find("main").Text()))
	}
	if p = p.Submit("form[action='/signin/factor']", url.Values{"code": {f.Next()}}); p.Path != "/dashboard" {
		t.Fatalf("the code led to %d %s", p.Status, p.Path)
	}
	return b
}
