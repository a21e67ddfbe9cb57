package creators_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

func TestEachAccountIsReadOnceADayAtItsOwnTime(t *testing.T) {
	t.Parallel()
	hours := map[int]int{}
	for id := range int64(2000) {
		now := testkit.ClockStart.Add(time.Duration(id) * 37 * time.Minute)
		at := creators.NextReadingTime(id, now)
		if wait := at.Sub(now); wait < 12*time.Hour || wait > 36*time.Hour {
			t.Fatalf("account %d waits %v", id, wait)
		}
		if next := creators.NextReadingTime(id, at.Add(20*time.Minute)); next.Sub(at) != 24*time.Hour {
			t.Fatalf("account %d is read again after %v", id, next.Sub(at))
		}
		hours[at.Hour()]++
	}
	for h := range 24 {
		if hours[h] < 40 || hours[h] > 140 {
			t.Errorf("%d of 2000 readings in hour %d", hours[h], h)
		}
	}
}

func TestStatisticsAreReadDailyAndKept(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		followers := int64(20_000)
		api.profile = func(now time.Time) creators.PlatformProfile {
			followers += 100
			return profile("u1", "some.one", followers)
		}
		apis := creators.PlatformAPIs{platform.TikTok: api}
		for range 5 * 24 {
			w.clock.Advance(time.Hour)
			if _, err := w.ReadDueAccounts(background, apis); err != nil {
				t.Fatal(err)
			}
		}
		if n := api.calls("read"); n != 5 && n != 4 {
			t.Errorf("read %d times in five days", n)
		}
		k := w.kit(one.Actor)
		if want := int64(20_000 + 100*api.calls("read")); k.Account.Followers != want || len(k.Snapshots) < 5 || k.Snapshots[0].Followers != 20_000 || k.Snapshots[len(k.Snapshots)-1].Followers != want {
			t.Errorf("followers %d, history %+v", k.Account.Followers, k.Snapshots)
		}
		if n := w.rows("SELECT views_30 FROM account_snapshots ORDER BY day LIMIT 1"); n != 12*1000+66 {
			t.Errorf("views of 30 days: %d", n)
		}
		// The access token ran out each time, and was exchanged before.
		if api.reused || w.connection(one.Actor).IsLost() || api.calls("refresh") != api.calls("read") {
			t.Errorf("%d exchanges, %d readings", api.calls("refresh"), api.calls("read"))
		}
	})
}

func TestARefusedReadingExchangesTheTokenOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
	api.life = 30 * 24 * time.Hour
	w.must(w.ConnectAdditionalAccount(background, one.Actor, platform.TikTok, profile("u1", "some.one", 20_000), api.grant()))
	apis := creators.PlatformAPIs{platform.TikTok: api}
	delete(api.good, "access-2")
	w.clock.Advance(36 * time.Hour)
	if n, err := w.ReadDueAccounts(background, apis); n != 1 || err != nil || api.calls("refresh") != 1 || api.calls("read") != 2 {
		t.Errorf("read %d, %v; %d exchanges", n, err, api.calls("refresh"))
	}
	api.readFail = creators.ErrMissingScope
	w.clock.Advance(36 * time.Hour)
	if _, err := w.ReadDueAccounts(background, apis); !errors.Is(err, creators.ErrMissingScope) || w.connection(one.Actor).Reason != creators.LossScope {
		t.Errorf("a missing permission: %v, %+v", err, w.connection(one.Actor))
	}
	w.clock.Advance(36 * time.Hour)
	if n, err := w.ReadDueAccounts(background, apis); n != 0 || err != nil || api.calls("read") != 3 {
		t.Errorf("a lost connection was read: %d, %v", n, err)
	}
}

func TestABusyPlatformIsLeftAloneByEveryNode(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, api := w.joined(platform.TikTok, "u0", "h0", 20_000)
		_, calm := w.joined(platform.Instagram, "i0", "i0", 20_000)
		for i := range 5 {
			w.joined(platform.TikTok, fmt.Sprint("u", i+1), fmt.Sprint("h", i+1), 20_000)
		}
		apis := creators.PlatformAPIs{platform.TikTok: api, platform.Instagram: calm}
		w.clock.Advance(36 * time.Hour)
		api.busy = true
		calls := 0
		for _, pause := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
			if _, err := w.ReadDueAccounts(background, apis); !errors.Is(err, creators.ErrPlatformBusy) {
				t.Errorf("busy: %v", err)
			}
			b := w.budget(platform.TikTok)
			if b.PausedUntil == nil || !b.PausedUntil.Equal(w.clock.Now().Add(pause)) {
				t.Errorf("paused until %v, want for %v", b.PausedUntil, pause)
			}
			if n := api.calls("refresh"); n != calls+1 {
				t.Errorf("%d calls, want %d", n, calls+1)
			}
			calls++
			w.clock.Advance(pause)
		}
		if calm.calls("read") != 1 {
			t.Errorf("the other platform was read %d times", calm.calls("read"))
		}
	})
}

func (w *world) budget(platform string) creators.PlatformBudget {
	w.t.Helper()
	var b creators.PlatformBudget
	w.must(w.db.Read(background).Where("platform = ?", platform).Take(&b).Error)
	return b
}

func TestReadingsKeepToThePlatformsAllowance(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	_, api := w.joined(platform.YouTube, "u0", "h0", 20_000)
	w.joined(platform.YouTube, "u1", "h1", 20_000)
	apis := creators.PlatformAPIs{platform.YouTube: api}
	w.clock.Advance(36 * time.Hour) // Saturday, 21 November, 13:00 in California
	w.must(w.db.Tx(background, func(tx *db.Tx) error {
		return tx.Exec("INSERT INTO platform_budgets (platform, window_from, spent) VALUES ('youtube', ?, 8995)", time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)).Error
	}))
	_, _ = w.ReadDueAccounts(background, apis)
	if b := w.budget(platform.YouTube); b.Spent != 8998 {
		t.Errorf("spent %d", b.Spent)
	}
	w.clock.Advance(10 * time.Hour) // 22 November, 7:00 UTC: not midnight in California yet
	if n, err := w.ReadDueAccounts(background, apis); n != 0 || err != nil {
		t.Errorf("beyond the day's units: %d, %v", n, err)
	}
	w.clock.Advance(time.Hour)
	_, _ = w.ReadDueAccounts(background, apis)
	if b := w.budget(platform.YouTube); b.Spent != 3 || !b.WindowFrom.Equal(time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("the next day: %+v", b)
	}
}

func TestYouTubesFiguresArePurgedBeforeThirtyDays(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.YouTube, "y1", "some.one", 20_000)
		other, _ := w.joined(platform.TikTok, "u1", "some.other", 20_000)
		w.clock.Advance(29 * 24 * time.Hour)
		if n, err := w.PurgeOldFigures(background); n != 0 || err != nil {
			t.Errorf("after 29 days: %d, %v", n, err)
		}
		w.clock.Advance(23 * time.Hour)
		if n, err := w.PurgeOldFigures(background); n != 1 || err != nil {
			t.Errorf("before 30 days are over: %d, %v", n, err)
		}
		c := w.connection(one.Actor)
		if c.Followers != nil || c.PurgedAt == nil || c.Listed {
			t.Errorf("connection: %+v", c)
		}
		k := w.kit(one.Actor)
		if k.Creator.Listed || len(k.Posts) != 0 || len(k.Snapshots) != 0 || k.Account.Basis != creators.BasisNone || k.Growth[0].Reason != creators.GrowthYouTube {
			t.Errorf("kit: %+v", k)
		}
		if k := w.kit(other.Actor); !k.Creator.Listed || len(k.Posts) != 12 || len(k.Snapshots) != 1 {
			t.Errorf("TikTok's: %+v", k)
		}
		if n, err := w.PurgeOldFigures(background); n != 0 || err != nil {
			t.Errorf("a second time: %d, %v", n, err)
		}
		w.must(w.ConnectAdditionalAccount(background, one.Actor, platform.YouTube, on(platform.YouTube, profile("y1", "some.one", 25_000)), api.grant()))
		if c := w.connection(one.Actor); c.PurgedAt != nil || *c.Followers != 25_000 || !c.Listed {
			t.Errorf("read again: %+v", c)
		}
	})
}
