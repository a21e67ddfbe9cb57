package accounts_test

import (
	"sync"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

func TestALastWayGoesOnlyWithAnAddressInItsPlace(t *testing.T) {
	t.Parallel()
	one := []accounts.Identity{{Provider: "tiktok"}}
	for _, c := range []struct {
		name string
		left accounts.SignInMethods
		want bool
	}{
		{"nothing", accounts.SignInMethods{}, false},
		{"a password", accounts.SignInMethods{Password: true}, true},
		{"a platform", accounts.SignInMethods{Identities: one}, true},
		{"a confirmed address", accounts.SignInMethods{ConfirmedEmail: true}, true},
		{"all", accounts.SignInMethods{Password: true, Identities: one, ConfirmedEmail: true}, true},
	} {
		if got := accounts.CanRemoveSignInMethod(c.left); got != c.want {
			t.Errorf("with %s left: %v", c.name, got)
		}
	}
}

// platforms is somebody with these identities, no password and no address.
func platforms(t *testing.T, d *db.DB, subjects ...string) models.Actor {
	t.Helper()
	var p accounts.Person
	err := d.Tx(ctx, func(tx *db.Tx) (err error) {
		if p, err = accounts.CreatePerson(tx, accounts.Person{Name: "Creator", CreatedAt: testkit.ClockStart}); err != nil {
			return err
		}
		for _, s := range subjects {
			if err := accounts.AddIdentity(tx, "oidc", s, p.ID, testkit.ClockStart); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return models.Actor{PersonID: p.ID}
}

func TestOfTwoWaysRemovedAtOnceOneStays(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		actor := platforms(t, d, "a", "b")
		if err := s.RemoveOwnIdentity(ctx, platforms(t, d, "c", "d"), "oidc", "a"); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("somebody else's way: %v", err)
		}
		var wg sync.WaitGroup
		done := make(chan error, 2)
		for _, subject := range []string{"a", "b"} {
			wg.Go(func() { done <- s.RemoveOwnIdentity(ctx, actor, "oidc", subject) })
		}
		wg.Wait()
		close(done)
		gone := 0
		for err := range done {
			if err == nil {
				gone++
			} else if models.CodeOf(err) != models.CodeConflict {
				t.Error(err)
			}
		}
		w, err := s.SignInMethods(ctx, actor)
		if err != nil || gone != 1 || len(w.Identities) != 1 {
			t.Fatalf("%d removed, %+v left, %v", gone, w, err)
		}
		if err := s.ConfirmEmailWithoutLink(ctx, actor.PersonID, "penne@creators.example"); err != nil {
			t.Fatal(err)
		}
		if err := s.RemoveOwnIdentity(ctx, actor, "oidc", w.Identities[0].Subject); err != nil {
			t.Errorf("with an address in its place: %v", err)
		}
	})
}

func TestAWayIsAddedOnceAndToOnePerson(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		first, second := platforms(t, d, "a"), platforms(t, d, "b")
		for range 2 {
			if err := s.AddIdentityToSelf(ctx, first, "oidc", "https://id.example 1"); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.AddIdentityToSelf(ctx, second, "oidc", "https://id.example 1"); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("another person's: %v", err)
		}
		if err := s.AddIdentityToSelf(ctx, models.Actor{}, "oidc", "https://id.example 2"); models.CodeOf(err) != models.CodeSignIn {
			t.Errorf("a visitor's: %v", err)
		}
		w, err := s.SignInMethods(ctx, first)
		if err != nil || len(w.Identities) != 2 {
			t.Errorf("%+v %v", w, err)
		}
	})
}
