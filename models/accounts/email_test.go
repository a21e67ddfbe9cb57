package accounts_test

import (
	"context"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

func TestParseEmail(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"Léa@Brand.Example\n": "léa@brand.example", "le\u0301a@brand.example": "léa@brand.example", "l\u00adea\u200b@brand.example\u202e": "lea@brand.example",
		"lea@Bücher.example": "lea@bücher.example", "lea@xn--bcher-kva.example": "lea@bücher.example", "lea@XN--BCHER-KVA.example": "lea@bücher.example", "lea@b_c.example": "lea@b_c.example",
		"lea@xn--.example": "", "lea@xn--a.example": "", "lea@a\u200db.example": "lea@ab.example", "lea@-ü.example": "", "\u202e@brand.example": "", "lea@\u200b": "", "lea@brand": "", "lea@@brand.example": "",
	} {
		if got, ok := accounts.ParseEmail(typed); got != want || ok != (want != "") {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}

// Wherever mails will go to a new address, one that the mail server cannot reach is refused
// before anything is stored.
func TestAnAddressThatMailsCannotReachIsRefused(t *testing.T) {
	t.Parallel()
	s := newStore(testkit.NewSQLite(t), testkit.NewClock().Now)
	owner, err := s.SignUp(ctx, form("owner@brand.example"))
	if err != nil {
		t.Fatal(err)
	}
	s.MailReaches = func(_ context.Context, address string) bool { return !strings.HasPrefix(address, "é") }
	for name, try := range map[string]func(email string) error{
		"sign-up":    func(email string) error { _, err := s.SignUp(ctx, form(email)); return err },
		"settings":   func(email string) error { return s.RequestEmailConfirmation(ctx, owner, email) },
		"invitation": func(email string) error { return s.InviteMember(ctx, owner, email, models.RoleViewer) },
		"provider": func(email string) error {
			_, err := s.SignUpWithIdentity(ctx, form(email), "oidc", "subject "+email)
			return err
		},
	} {
		if got := fieldOf(try("é@brand.example"), "email"); got != "accounts.error.email_letters" {
			t.Errorf("%s says %q", name, got)
		}
		if err := try("e@brand.example"); err != nil {
			t.Errorf("%s refuses another: %v", name, err)
		}
	}
}
