package accounts_test

import (
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/authenticator"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

var site = accounts.RelyingParty{Name: "Test market", BaseURL: "https://market.example"}

// withPasskey gives the person a passkey.
func withPasskey(t *testing.T, s *accounts.Store, actor models.Actor, name string) *authenticator.Authenticator {
	t.Helper()
	options, step, err := s.BeginPasskeyRegistration(ctx, actor, site)
	if err != nil {
		t.Fatal(err)
	}
	a := authenticator.New(t, site.BaseURL)
	if err := s.FinishPasskeyRegistration(ctx, actor, site, step, name, a.Create(t, options)); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAPasskeySignsIn(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, other := member(t, s, "known@brand.example"), member(t, s, "other@brand.example")
		a, second := withPasskey(t, s, actor, "Phone"), withPasskey(t, s, actor, "Key on the ring")
		show := func(who models.Actor, with *authenticator.Authenticator) (int64, error) {
			t.Helper()
			options, step, err := s.BeginPasskeySignIn(ctx, who, site)
			if err != nil {
				t.Fatal(err)
			}
			return s.FinishPasskeySignIn(ctx, who, site, step, with.Get(t, options))
		}
		for name, with := range map[string]*authenticator.Authenticator{"the first": a, "the second": second} {
			if id, err := show(models.Actor{}, with); err != nil || id != actor.PersonID {
				t.Errorf("%s signs in person %d, %v", name, id, err)
			}
		}
		if id, err := show(actor, a); err != nil || id != actor.PersonID {
			t.Errorf("as a proof: %d, %v", id, err)
		}
		if _, err := show(other, a); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("as a proof of somebody else: %v", err)
		}
		if _, err := show(models.Actor{}, authenticator.New(t, site.BaseURL)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("one that nobody added: %v", err)
		}
		unverified, elsewhere, forged, cloned := *a, *a, *a, *a
		unverified.Verified, elsewhere.Origin, forged.Key, cloned.Count = false, "https://market.example.evil", authenticator.New(t, site.BaseURL).Key, 0
		for name, with := range map[string]*authenticator.Authenticator{"without its user known": &unverified, "on another site": &elsewhere, "with another key": &forged, "whose count went back": &cloned} {
			if _, err := show(models.Actor{}, with); models.CodeOf(err) != models.CodeConflict {
				t.Errorf("one %s: %v", name, err)
			}
		}
		options, step, err := s.BeginPasskeySignIn(ctx, models.Actor{}, site)
		if err != nil {
			t.Fatal(err)
		}
		answer := second.Get(t, options)
		if _, err := s.FinishPasskeySignIn(ctx, models.Actor{}, site, step, answer); err != nil {
			t.Fatal(err)
		}
		if _, err := s.FinishPasskeySignIn(ctx, models.Actor{}, site, step, answer); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("an answer that was used: %v", err)
		}
		options, step, _ = s.BeginPasskeySignIn(ctx, models.Actor{}, site)
		clock.Advance(10 * time.Minute)
		if _, err := s.FinishPasskeySignIn(ctx, models.Actor{}, site, step, second.Get(t, options)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("an answer after ten minutes: %v", err)
		}
		if log := audited(t, d, actor.PersonID); strings.Count(log, "passkey_added") != 2 {
			t.Errorf("audited: %s", log)
		}
	})
}

func TestAPasskeyIsMadeOnceAndRemoved(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		s := newStore(d, testkit.NewClock().Now)
		actor, other := member(t, s, "known@brand.example"), member(t, s, "other@brand.example")
		options, step, err := s.BeginPasskeyRegistration(ctx, actor, site)
		if err != nil {
			t.Fatal(err)
		}
		unverified := authenticator.New(t, site.BaseURL)
		unverified.Verified = false
		if err := s.FinishPasskeyRegistration(ctx, actor, site, step, "Phone", unverified.Create(t, options)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("one that doesn't know its user: %v", err)
		}
		if err := s.FinishPasskeyRegistration(ctx, actor, site, step, "Phone", authenticator.New(t, site.BaseURL).Create(t, options)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("a challenge that was used: %v", err)
		}
		options, step, _ = s.BeginPasskeyRegistration(ctx, actor, site)
		if err := s.FinishPasskeyRegistration(ctx, other, site, step, "Phone", authenticator.New(t, site.BaseURL).Create(t, options)); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("somebody else's challenge: %v", err)
		}
		if err := s.FinishPasskeyRegistration(ctx, actor, site, step, " ", nil); fieldOf(err, "passkey_name") == "" {
			t.Errorf("without a name: %v", err)
		}
		withPasskey(t, s, actor, "Phone")
		all, err := s.ListPasskeys(ctx, actor)
		if err != nil || len(all) != 1 || all[0].Name != "Phone" {
			t.Fatalf("%+v %v", all, err)
		}
		if err := s.RemovePasskey(ctx, other, all[0].PublicID); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("somebody else removes it: %v", err)
		}
		if err := s.RemovePasskey(ctx, actor, all[0].PublicID); err != nil {
			t.Fatal(err)
		}
		if all, _ := s.ListPasskeys(ctx, actor); len(all) != 0 {
			t.Errorf("left: %+v", all)
		}
		if all := told(t, d, "accounts.security"); len(all) != 2 || !strings.Contains(all[1], "passkey_removed") {
			t.Errorf("told: %v", all)
		}
	})
}
