package creators_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

var background = context.Background()

// on is a profile of another platform.
func on(name string, p creators.PlatformProfile) creators.PlatformProfile {
	p.Platform = name
	return p
}

// joined is a creator whose token is stored, with their platform.
func (w *world) joined(name, userID, handle string, followers int64) (creators.PlatformSignIn, *fakePlatform) {
	w.t.Helper()
	api := newPlatform(w.clock.Now, func(time.Time) creators.PlatformProfile { return on(name, profile(userID, handle, followers)) })
	if name == platform.Twitch {
		api.life = 4 * time.Hour
	}
	out, err := w.SignInWithPlatform(background, name, on(name, profile(userID, handle, followers)), api.grant(), "fr")
	w.must(err)
	return out, api
}

func (w *world) connection(a models.Actor) creators.Connection {
	w.t.Helper()
	all, err := w.ListOwnConnections(background, a)
	w.must(err)
	if len(all) != 1 {
		w.t.Fatalf("%d connections", len(all))
	}
	return all[0]
}

func (w *world) token(where string) creators.AccountToken {
	w.t.Helper()
	var row creators.AccountToken
	w.must(w.db.Read(background).Where(where).Take(&row).Error)
	return row
}

func TestTwoRefreshersAtOnceRefreshOnce(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		apis := creators.PlatformAPIs{platform.TikTok: api}
		w.clock.Advance(95 * time.Minute)
		if n, err := w.RefreshDueTokens(background, apis); n != 0 || err != nil {
			t.Errorf("before four fifths of the life: %d, %v", n, err)
		}
		w.clock.Advance(time.Minute)
		var wg sync.WaitGroup
		var mu sync.Mutex
		total := 0
		for range 8 {
			wg.Go(func() {
				n, err := w.RefreshDueTokens(background, apis)
				mu.Lock()
				defer mu.Unlock()
				if total += n; err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if total != 1 || api.calls("refresh") != 1 || api.reused {
			t.Errorf("%d refreshed, %d calls, reused %v", total, api.calls("refresh"), api.reused)
		}
		row := w.token("account_id > 0")
		if row.LeaseID != nil || !row.ExpiresAt.Equal(w.clock.Now().Add(2*time.Hour)) || !row.RefreshAt.Equal(w.clock.Now().Add(96*time.Minute)) {
			t.Errorf("the row is %+v", row)
		}
		if c := w.connection(one.Actor); c.IsLost() {
			t.Errorf("the connection is %+v", c)
		}
		// The new token is the one that is used from now on.
		w.clock.Advance(96 * time.Minute)
		if n, err := w.RefreshDueTokens(background, apis); n != 1 || err != nil || api.reused {
			t.Errorf("the second time: %d, %v", n, err)
		}
	})
}

func TestACrashBeforeSavingLeadsToReconnecting(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		apis := creators.PlatformAPIs{platform.TikTok: api}
		w.clock.Advance(100 * time.Minute)
		api.crash = true
		func() {
			defer func() { _ = recover() }()
			_, _ = w.RefreshDueTokens(background, apis)
		}()
		api.crash = false
		if n, err := w.RefreshDueTokens(background, apis); n != 0 || err != nil || w.connection(one.Actor).IsLost() {
			t.Errorf("while the lease may still be somebody's: %d, %v", n, err)
		}
		w.clock.Advance(6 * time.Minute)
		for range 3 {
			if n, err := w.RefreshDueTokens(background, apis); n != 0 || err != nil {
				t.Errorf("afterwards: %d, %v", n, err)
			}
		}
		c := w.connection(one.Actor)
		if !c.IsLost() || c.Reason != creators.LossCrash || !c.LostSince.Equal(w.clock.Now()) || api.calls("refresh") != 1 || api.reused {
			t.Errorf("connection %+v, %d calls, reused %v", c, api.calls("refresh"), api.reused)
		}
		if n := w.rows("SELECT count(*) FROM notification_events WHERE kind = 'creators.connection'"); n != 1 {
			t.Errorf("%d are told", n)
		}
		if row := w.token("account_id > 0"); row.Access != nil || row.Refresh != nil {
			t.Error("a dead token is kept")
		}

		// The creator connects again, so no notice is due.
		w.must(w.ConnectAdditionalAccount(background, one.Actor, platform.TikTok, on(platform.TikTok, profile("u1", "some.one", 20_000)), api.grant()))
		if c := w.connection(one.Actor); c.IsLost() || c.LostSince != nil {
			t.Errorf("connected again: %+v", c)
		}
		var args creators.LostConnectionArgs
		args.AccountID, args.Since = w.token("account_id > 0").AccountID, w.clock.Now()
		if _, due, err := w.ReadLostConnection(background, args); due || err != nil {
			t.Errorf("the mail is still due, %v", err)
		}
	})
}

func TestABusyPlatformIsAskedLaterAndLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
	apis := creators.PlatformAPIs{platform.TikTok: api}
	w.clock.Advance(100 * time.Minute)
	api.busy = true
	for _, wait := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
		if _, err := w.RefreshDueTokens(background, apis); !errors.Is(err, creators.ErrPlatformBusy) {
			t.Errorf("busy: %v", err)
		}
		if row := w.token("account_id > 0"); row.LeaseID != nil || !row.RefreshAt.Equal(w.clock.Now().Add(wait)) {
			t.Errorf("tried again at %v, want after %v", row.RefreshAt, wait)
		}
		w.clock.Advance(wait)
	}
	api.busy = false
	if n, err := w.RefreshDueTokens(background, apis); n != 1 || err != nil || w.connection(one.Actor).IsLost() {
		t.Errorf("afterwards: %d, %v", n, err)
	}
	if row := w.token("account_id > 0"); row.RefreshFailures != 0 {
		t.Errorf("%d failures", row.RefreshFailures)
	}
}

func TestARefusedTokenIsDroppedAndToldOnce(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		apis := creators.PlatformAPIs{platform.TikTok: api}
		api.good = map[string]bool{}
		w.clock.Advance(100 * time.Minute)
		for range 2 {
			if _, err := w.RefreshDueTokens(background, apis); err != nil {
				t.Error(err)
			}
			w.clock.Advance(time.Hour)
		}
		c := w.connection(one.Actor)
		if !c.IsLost() || c.Reason != creators.LossRefused || api.calls("refresh") != 1 {
			t.Errorf("connection %+v, %d calls", c, api.calls("refresh"))
		}
		if n := w.rows("SELECT count(*) FROM notification_events WHERE kind = 'creators.connection'"); n != 1 {
			t.Errorf("%d are told", n)
		}
		if n := w.rows("SELECT count(*) FROM audit_events WHERE action = 'creators.connection_lost'"); n != 1 {
			t.Errorf("%d audited", n)
		}
		if k := w.kit(one.Actor); !k.Creator.Listed || len(k.Posts) != 12 {
			t.Error("figures went with the token")
		}
	})
}

func TestTwitchIsAskedHourlyWhetherATokenIsGood(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.Twitch, "u1", "some.one", 20_000)
		apis := creators.PlatformAPIs{platform.Twitch: api}
		for range 3 {
			w.must(w.ValidateDueTokens(background, apis))
			w.clock.Advance(20 * time.Minute)
		}
		w.must(w.ValidateDueTokens(background, apis))
		if api.calls("validate") != 1 || w.connection(one.Actor).IsLost() {
			t.Errorf("asked %d times in an hour", api.calls("validate"))
		}
		api.good = map[string]bool{}
		w.clock.Advance(59 * time.Minute)
		w.must(w.ValidateDueTokens(background, apis))
		w.clock.Advance(time.Minute)
		w.must(w.ValidateDueTokens(background, apis))
		if c := w.connection(one.Actor); !c.IsLost() || c.Reason != creators.LossRefused || api.calls("validate") != 2 {
			t.Errorf("connection %+v after %d calls", c, api.calls("validate"))
		}
	})
}

func TestTokensAreSealedAtRestAndSealedAnew(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		w.joined(platform.TikTok, "u2", "some.other", 20_000)
		row := w.token("account_id > 0")
		if strings.Contains(*row.Access+*row.Refresh, "access-") || !strings.HasPrefix(*row.Access, "test:") {
			t.Errorf("at rest: %s", *row.Access)
		}
		// A sealed token put into another row, or another column, does not open.
		if _, err := d.Keys.Open("account_tokens.access 999", *row.Access); err == nil {
			t.Error("a token opens for another account")
		}
		if _, err := d.Keys.Open("account_tokens.refresh 1", *row.Access); err == nil {
			t.Error("a token opens for another column")
		}

		var err error
		d.Keys, err = models.NewKeyring("next:"+models.NewSealingKey()+",test:"+testkit.SealingKey, testkit.SealingKey)
		w.must(err)
		for _, want := range []int{2, 0} {
			if n, err := w.ResealSecrets(background); n != want || err != nil {
				t.Errorf("sealed anew: %d, %v", n, err)
			}
		}
		if row := w.token("account_id > 0"); !strings.HasPrefix(*row.Access, "next:") || !strings.HasPrefix(*row.Refresh, "next:") {
			t.Errorf("sealed with %.8s", *row.Access)
		}
		w.clock.Advance(100 * time.Minute)
		api.good["refresh-1"] = true
		if _, err := w.RefreshDueTokens(background, creators.PlatformAPIs{platform.TikTok: api}); err != nil || w.connection(one.Actor).IsLost() {
			t.Errorf("after sealing anew: %v", err)
		}
		// Without its key a token is lost, and said to be.
		d.Keys, err = models.NewKeyring("other:"+models.NewSealingKey(), testkit.SealingKey)
		w.must(err)
		if _, err := w.ResealSecrets(background); err != nil {
			t.Error(err)
		}
		if c := w.connection(one.Actor); c.Reason != creators.LossSealed {
			t.Errorf("connection %+v", c)
		}
	})
}
