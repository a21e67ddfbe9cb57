package accounts_test

import (
	"context"
	"fmt"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

func from(address string) context.Context {
	return models.WithOrigin(context.Background(), models.Origin{Address: address})
}

// Whoever guesses an owner's password closes the account for themselves alone.
func TestAStrangerCannotLockAnOwnerOut(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		const email, right = "known@brand.example", "eight or more"
		actor := member(t, s, email)
		try := func(address, password, devices string) error {
			_, err := s.CheckSignIn(from(address), email, password, devices)
			return err
		}
		guess := func(times int, address func(i int) string) (checked int) {
			for i := range times {
				if models.CodeOf(try(address(i), "not the password", "")) == models.CodeInvalid {
					checked++
				}
			}
			return checked
		}
		notices := func() (n int64) {
			err := d.Read(ctx).Raw("SELECT count(*) FROM audit_events WHERE action = 'accounts.sign_in_tries' AND person_id = ?", actor.PersonID).Scan(&n).Error
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		known := s.KnownDevices("", actor.PersonID)

		if n := guess(25, func(int) string { return "192.0.2.1" }); n != models.SignInFailuresFrom.Most {
			t.Errorf("%d guesses from one address were checked", n)
		}
		if err := try("192.0.2.1", right, ""); models.CodeOf(err) != models.CodeTooMany {
			t.Errorf("from the address of the guesses: %v", err)
		}
		if err := try("192.0.2.1", right, known); err != nil {
			t.Errorf("from there, on a known device: %v", err)
		}
		if err := try("198.51.100.7", right, ""); err != nil {
			t.Errorf("from elsewhere: %v", err)
		}
		if n := notices(); n != 0 {
			t.Errorf("%d notices", n)
		}

		if n := guess(200, func(i int) string { return fmt.Sprintf("192.0.2.%d", 2+i) }); n != models.SignInFailures.Most {
			t.Errorf("%d guesses from many addresses were checked", n)
		}
		if err := try("198.51.100.7", right, ""); models.CodeOf(err) != models.CodeTooMany {
			t.Errorf("on an unknown device, after guesses from everywhere: %v", err)
		}
		for name, cookie := range map[string]string{"somebody else's": s.KnownDevices("", actor.PersonID+1), "made up": "x.y", "cut": known[:len(known)-1]} {
			if err := try("198.51.100.7", right, cookie); models.CodeOf(err) != models.CodeTooMany {
				t.Errorf("a device that is %s: %v", name, err)
			}
		}
		if err := try("203.0.113.5", right, known); err != nil {
			t.Errorf("on a known device: %v", err)
		}
		if err := try("203.0.113.5", right, s.KnownDevices(known, actor.PersonID+1)); err != nil {
			t.Errorf("on a device that two people use: %v", err)
		}
		if n := notices(); n != 1 {
			t.Errorf("%d notices of guesses", n)
		}

		args := accounts.PasswordResetArgs{Email: email, Secret: "link"}
		if _, ok, err := s.ActivatePasswordReset(ctx, args); err != nil || !ok {
			t.Fatal(ok, err)
		}
		if _, err := s.ResetPassword(from("198.51.100.7"), args.Secret, "quite another sentence"); err != nil {
			t.Fatal(err)
		}
		if err := try("198.51.100.7", "quite another sentence", ""); err != nil {
			t.Errorf("after a reset: %v", err)
		}
	})
}

// A household may have a whole /48, so that its /64s count together too.
func TestGuessesFromOneIPv6NetworkCountTogether(t *testing.T) {
	t.Parallel()
	s := newStore(testkit.NewSQLite(t), testkit.NewClock().Now)
	member(t, s, "known@brand.example")
	checked := 0
	for i := range 60 {
		if _, err := s.CheckSignIn(from(fmt.Sprintf("2001:db8:1:%x::1", i)), "known@brand.example", "not the password", ""); models.CodeOf(err) == models.CodeInvalid {
			checked++
		}
	}
	if want := 4 * models.SignInFailuresFrom.Most; checked != want {
		t.Errorf("%d guesses were checked, want %d", checked, want)
	}
	if _, err := s.CheckSignIn(from("2001:db8:2:1::1"), "known@brand.example", "eight or more", ""); err != nil {
		t.Errorf("from another network: %v", err)
	}
}

// Keyboards write é as one character or as two: both are the same password.
func TestAPasswordIsTheSameHoweverItIsComposed(t *testing.T) {
	t.Parallel()
	s := newStore(testkit.NewSQLite(t), testkit.NewClock().Now)
	const composed = "crème brûlée à midi"
	f := form("known@brand.example")
	f.Password = norm.NFD.String(composed)
	actor, err := s.SignUp(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ConfirmEmailWithoutLink(ctx, actor.PersonID, "known@brand.example"); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{composed, norm.NFD.String(composed)} {
		if _, err := s.CheckSignIn(ctx, "known@brand.example", typed, ""); err != nil {
			t.Errorf("%+q: %v", typed, err)
		}
	}
}
