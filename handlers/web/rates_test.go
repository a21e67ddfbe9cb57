package web

import (
	"errors"
	"testing"
	"time"

	"tribemarket/models"
)

func TestABucketHoldsItsLimitAndFillsAgain(t *testing.T) {
	t.Parallel()
	for _, l := range []models.Limit{models.BrowsingAnonymous, models.BrowsingBurst, models.BrowsingSignedIn, models.SearchAnonymous} {
		now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
		r := newRates(func() time.Time { return now })
		for i := range l.Most {
			if err := r.take(l, "a"); err != nil {
				t.Fatalf("%s: use %d got %v", l.Name, i+1, err)
			}
		}
		var e *models.Error
		if err := r.take(l, "a"); !errors.As(err, &e) || e.Code != models.CodeTooMany || e.After <= 0 || e.After > l.Per {
			t.Errorf("%s: one more got %v", l.Name, err)
		}
		if err := r.take(l, "b"); err != nil {
			t.Errorf("%s: somebody else got %v", l.Name, err)
		}
		now = now.Add(e.After)
		if err := r.take(l, "a"); err != nil {
			t.Errorf("%s: after the wait that was told: %v", l.Name, err)
		}
		now = now.Add(l.Per + time.Minute)
		if err := r.take(l, "c"); err != nil || len(r.all) != 1 {
			t.Errorf("%s: %d buckets are kept, %v", l.Name, len(r.all), err)
		}
	}
}
