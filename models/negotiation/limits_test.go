package negotiation_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
)

func TestANewAccountSendsTenProposalsADay(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		d.Unlimited = false
		n := 0
		propose := func() error {
			n++
			_, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, dealtest.Form(), fmt.Sprint("limited", n))
			return err
		}
		bad := dealtest.Form()
		bad.Fee = "much"
		if _, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, bad, "bad"); models.CodeOf(err) != models.CodeInvalid {
			t.Fatalf("a bad form: %v", err)
		}
		for range models.NewProposals.Most {
			if err := propose(); err != nil {
				t.Fatalf("proposal %d: %v", n, err)
			}
			w.Clock.Advance(time.Minute)
		}
		var e *models.Error
		if err := propose(); !errors.As(err, &e) || e.Code != models.CodeTooMany || e.After <= 23*time.Hour || e.After > 24*time.Hour {
			t.Errorf("one more got %v", err)
		}
		if _, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, dealtest.Form(), "limited1"); err != nil {
			t.Errorf("the first form once more, which sends nothing: %v", err)
		}
		if _, err := w.Negotiations.Propose(ctx, w.OtherBrand, w.CreatorID, dealtest.Form(), "other"); err != nil {
			t.Errorf("another person: %v", err)
		}
		w.Clock.Advance(models.NewAccountPeriod)
		for range models.Creations.Most {
			if err := propose(); err != nil {
				t.Fatalf("a day later, proposal %d: %v", n, err)
			}
		}
		if err := propose(); !errors.As(err, &e) || e.Code != models.CodeTooMany || e.After != models.Creations.Per {
			t.Errorf("one more within five seconds got %v", err)
		}
		w.Clock.Advance(models.Creations.Per)
		if err := propose(); err != nil {
			t.Errorf("five seconds later: %v", err)
		}
	})
}
