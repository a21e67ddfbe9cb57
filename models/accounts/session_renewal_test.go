package accounts_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// renew saves the session under its successor, with the proof of now.
func (b browser) renew(now time.Time) (browser, error) {
	b.t.Helper()
	values := map[string]any{}
	for k, v := range b.values {
		values[k] = v
	}
	values[accounts.SessionSignedIn] = now.UnixMicro()
	renewing, successor := b.s.WithRenewal(ctx, b.token)
	b.values = values
	return browser{b.t, b.s, accounts.HashSessionToken(successor), values}, b.commit(renewing)
}

// found reads the session, nil if there is none.
func (b browser) found() map[string]any {
	b.t.Helper()
	data, ok, err := b.s.FindCtx(ctx, b.token)
	if err != nil {
		b.t.Fatal(err)
	}
	if !ok {
		return nil
	}
	_, values, err := accounts.SessionCodec{}.Decode(data)
	if err != nil {
		b.t.Fatal(err)
	}
	return values
}

func TestARenewedTokenGoesOnForSeconds(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, err := s.SignUp(ctx, form("a@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		old := signedIn(t, s, "old", actor.PersonID, clock.Now())
		began := clock.Now()
		clock.Advance(time.Minute)
		var fresh browser
		var all sync.WaitGroup
		for range 4 { // at once
			all.Go(func() {
				if _, err := old.renew(clock.Now()); err != nil {
					t.Errorf("one of four renewals gave %v", err)
				}
			})
		}
		all.Wait()
		if fresh, err = old.renew(clock.Now()); err != nil {
			t.Fatal(err)
		}
		if list, err := s.BrowserSessions(ctx, actor); err != nil || len(list) != 1 {
			t.Errorf("five renewals of one session leave %d, %v", len(list), err)
		}
		v := old.found()
		if v == nil || v[accounts.SessionSuperseded] != true || v[accounts.SessionSignedIn] != began.UnixMicro() {
			t.Errorf("in its grace the old token finds %v", v)
		}
		if v := fresh.found(); v[accounts.SessionSuperseded] != nil || v[accounts.SessionSignedIn] != clock.Now().UnixMicro() {
			t.Errorf("the new token finds %v", v)
		}
		if err := old.commit(ctx); !errors.Is(err, accounts.ErrSessionSuperseded) {
			t.Errorf("saving it under the old token gave %v", err)
		}
		clock.Advance(accounts.SessionGrace - time.Second)
		third, err := fresh.renew(clock.Now())
		if err != nil || old.found() == nil || third.found() == nil {
			t.Errorf("renewed twice: %v, the first token finds %v", err, old.found())
		}
		if clock.Advance(time.Second); old.found() != nil || fresh.found() == nil || third.found() == nil {
			t.Error("after its grace the first token goes on, or another does not")
		}
		if clock.Advance(accounts.SessionGrace); fresh.found() != nil || third.found() == nil {
			t.Error("after its grace the second token goes on, or the third does not")
		}
	})
}

func TestAGraceEndsWithTheSession(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		clock := testkit.NewClock()
		s := newStore(d, clock.Now)
		actor, err := s.SignUp(ctx, form("a@brand.example"))
		if err != nil {
			t.Fatal(err)
		}
		for name, end := range map[string]func(old, fresh browser) error{
			"signing out with the new token": func(_, fresh browser) error { return fresh.s.DeleteCtx(ctx, fresh.token) },
			"signing out with the old token": func(old, _ browser) error { return old.s.DeleteCtx(ctx, old.token) },
			"ending all other sessions":      func(_, _ browser) error { return s.EndOtherBrowserSessions(ctx, actor, "another") },
			"ending this session": func(old, _ browser) error {
				return s.EndBrowserSession(ctx, actor, old.values[accounts.SessionID].(string))
			},
			"a new password": func(_, _ browser) error {
				return s.ChangePassword(ctx, actor, form("").Password, "another horse battery", "another")
			},
		} {
			old := signedIn(t, s, name, actor.PersonID, clock.Now())
			fresh, err := old.renew(clock.Now())
			if err != nil || old.found() == nil {
				t.Fatalf("%s: %v, found %v", name, err, old.found())
			}
			if err := end(old, fresh); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if old.found() != nil || fresh.found() != nil {
				t.Errorf("after %s the old token finds %v, the new one %v", name, old.found(), fresh.found())
			}
			if _, err := old.renew(clock.Now()); !errors.Is(err, accounts.ErrSessionSuperseded) {
				t.Errorf("after %s the old token is renewed: %v", name, err)
			}
		}
	})
}
