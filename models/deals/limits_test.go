package deals_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
)

func TestANewAccountSendsTenProposalsADay(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		d.Unlimited = false
		n := 0
		propose := func() error {
			n++
			_, err := w.store.Propose(ctx, w.brand, w.creatorID, form(), fmt.Sprint("limited", n))
			return err
		}
		bad := form()
		bad.Fee = "much"
		if _, err := w.store.Propose(ctx, w.brand, w.creatorID, bad, "bad"); models.CodeOf(err) != models.CodeInvalid {
			t.Fatalf("a bad form: %v", err)
		}
		for range models.NewProposals.Most {
			if err := propose(); err != nil {
				t.Fatalf("proposal %d: %v", n, err)
			}
			w.clock.Advance(time.Minute)
		}
		var e *models.Error
		if err := propose(); !errors.As(err, &e) || e.Code != models.CodeTooMany || e.After <= 23*time.Hour || e.After > 24*time.Hour {
			t.Errorf("one more got %v", err)
		}
		if _, err := w.store.Propose(ctx, w.brand, w.creatorID, form(), "limited1"); err != nil {
			t.Errorf("the first form once more, which sends nothing: %v", err)
		}
		if _, err := w.store.Propose(ctx, w.otherBrand, w.creatorID, form(), "other"); err != nil {
			t.Errorf("another person: %v", err)
		}
		w.clock.Advance(models.NewAccountPeriod)
		for range models.Creations.Most {
			if err := propose(); err != nil {
				t.Fatalf("a day later, proposal %d: %v", n, err)
			}
		}
		if err := propose(); !errors.As(err, &e) || e.Code != models.CodeTooMany || e.After != models.Creations.Per {
			t.Errorf("one more within five seconds got %v", err)
		}
		w.clock.Advance(models.Creations.Per)
		if err := propose(); err != nil {
			t.Errorf("five seconds later: %v", err)
		}
	})
}
