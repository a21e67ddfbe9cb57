package db_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
)

func waits(t *testing.T, err error, want time.Duration) {
	t.Helper()
	var e *models.Error
	if !errors.As(err, &e) || e.Code != models.CodeTooMany || e.After != want {
		t.Errorf("got %v, want a wait of %s", err, want)
	}
}

func TestALimitHoldsPerKeyUntilItsWindowEnds(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		now := testkit.ClockStart
		allow := func(key string) error { return d.CountUse(ctx, now, "test", key, 3, time.Minute) }
		for i := range 3 {
			if err := allow("a"); err != nil {
				t.Fatalf("use %d: %v", i+1, err)
			}
			now = now.Add(10 * time.Second)
		}
		waits(t, allow("a"), 30*time.Second)
		now = now.Add(29 * time.Second)
		waits(t, allow("a"), time.Second)
		if err := allow("b"); err != nil {
			t.Errorf("another key: %v", err)
		}
		if err := d.CountUse(ctx, now, "other", "a", 3, time.Minute); err != nil {
			t.Errorf("another limit: %v", err)
		}
		now = now.Add(time.Second)
		for range 3 {
			if err := allow("a"); err != nil {
				t.Errorf("in the next window: %v", err)
			}
		}
		waits(t, allow("a"), time.Minute)
		if err := d.ResetUses(ctx, models.Limit{Name: "test"}, "a"); err != nil {
			t.Fatal(err)
		}
		if err := allow("a"); err != nil {
			t.Errorf("after it was forgotten: %v", err)
		}
	})
}

func TestOfManyUsesAtOnceNoMoreThanTheLimitPass(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		var passed atomic.Int64
		var wg sync.WaitGroup
		for range 40 {
			wg.Go(func() {
				switch err := d.CountUse(ctx, testkit.ClockStart, "test", "a", 7, time.Minute); {
				case err == nil:
					passed.Add(1)
				case models.CodeOf(err) != models.CodeTooMany:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if passed.Load() != 7 {
			t.Errorf("%d passed", passed.Load())
		}
	})
}

func TestALimitKeepsNoKeyInClearAndIsSwept(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for i, key := range []string{"somebody@brand.example", "203.0.113.7"} {
			if err := d.CountUse(ctx, testkit.ClockStart.Add(time.Duration(i)*time.Hour), "test", key, 3, time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		if n := count(t, d, "SELECT count(*) FROM limits WHERE key LIKE '%@%' OR key LIKE '%203%'"); n != 0 {
			t.Errorf("%d keys stand in clear", n)
		}
		if err := d.DeleteEndedLimits(ctx, testkit.ClockStart.Add(30*time.Minute)); err != nil {
			t.Fatal(err)
		}
		if n := count(t, d, "SELECT count(*) FROM limits"); n != 1 {
			t.Errorf("%d windows after the sweep, want the one that runs", n)
		}
		d.Unlimited = true
		for range 5 {
			if err := d.CountUse(ctx, testkit.ClockStart.Add(time.Hour), "test", "203.0.113.7", 3, time.Minute); err != nil {
				t.Errorf("without limits: %v", err)
			}
		}
	})
}

func TestTheModelsAreTheTables(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) { testkit.CheckSameColumns(t, d, db.LimitRow{}) })
}

func TestEveryLimitRefusesOneMore(t *testing.T) {
	t.Parallel()
	d := testkit.NewSQLite(t)
	for _, l := range []models.Limit{
		models.SignInStarts, models.SignInFailures, models.SignUps, models.MailsFrom, models.InvitationsTo, models.ConfirmationsTo, models.KnownEmailsTo, models.Creations, models.NewProposals,
		models.NewMessages, models.Exports, models.Uploads, models.SecondFactors, models.Reports,
	} {
		for i := range l.Most {
			if err := d.CountUseOf(ctx, testkit.ClockStart, l, "a"); err != nil {
				t.Fatalf("%s: use %d got %v", l.Name, i+1, err)
			}
		}
		waits(t, d.CountUseOf(ctx, testkit.ClockStart, l, "a"), l.Per)
	}
}
