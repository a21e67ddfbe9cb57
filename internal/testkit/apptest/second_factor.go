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

// SignIn enters an address and a password, and returns the page that follows.
func (b *Browser) SignIn(email, password string) *Page {
	b.t.Helper()
	return b.Get("/signin").Submit("form[action='/signin']", url.Values{"email": {email}, "password": {password}})
}

// SecondFactor is a person's second factor: an authenticator app and recovery codes.
type SecondFactor struct {
	Secret   string
	Recovery []string
}

// CodeAt is the code that the app shows at a time.
func (f *SecondFactor) CodeAt(t testing.TB, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(f.Secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// NextRecoveryCode returns an unused recovery code.
func (f *SecondFactor) NextRecoveryCode() string {
	code := f.Recovery[0]
	f.Recovery = f.Recovery[1:]
	return code
}

// EnableSecondFactor turns on a second factor, through the area's verbs. The person's
// sessions end.
func (a *App) EnableSecondFactor(t testing.TB, who models.Actor) *SecondFactor {
	t.Helper()
	ctx := context.Background()
	if err := a.Accounts.BeginTOTPEnrolment(ctx, who); err != nil {
		t.Fatal(err)
	}
	e, err := a.Accounts.PendingTOTPEnrolment(ctx, who, "Test market", "somebody")
	if err != nil {
		t.Fatal(err)
	}
	f := &SecondFactor{Secret: e.Secret}
	if f.Recovery, err = a.Accounts.ConfirmTOTPEnrolment(ctx, who, f.CodeAt(t, a.Clock.Now()), ""); err != nil {
		t.Fatal(err)
	}
	return f
}

// SignedInWithFactor returns a browser in which a person has signed in with password and
// recovery code.
func (a *App) SignedInWithFactor(t testing.TB, email string, f *SecondFactor) *Browser {
	t.Helper()
	b := a.NewBrowser(t)
	p := b.SignIn(email, Password)
	if p.Path != "/signin/factor" {
		t.Fatalf("sign-in led to %d %s: %.300s", p.Status, p.Path, strings.TrimSpace(p.Find("main").Text()))
	}
	if p = p.Submit("form[action='/signin/factor']", url.Values{"code": {f.NextRecoveryCode()}}); p.Path != "/dashboard" && p.Path != "/admin" {
		t.Fatalf("the code led to %d %s", p.Status, p.Path)
	}
	return b
}
