package deals_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// A brand reads its own deals with a creator; another reads only how many were completed.
func TestATrackRecordCountsWhatTheReaderDidWithACreator(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		other := w.newBrand("Other", "other@brand.example")
		since := w.clock.Now().Add(-time.Hour)
		read := func(a models.Actor, since time.Time) deals.TrackRecord {
			t.Helper()
			got, err := w.store.ReadTrackRecord(context.Background(), a, w.creator.CreatorID, since)
			w.must(err)
			return got
		}
		if got := read(w.brand, since); got.Completed != 0 || got.Running.N != 0 || got.Agreed != nil {
			t.Errorf("before any deal it is %+v", got)
		}
		running := w.agree()
		done := w.bring(deals.Completed)
		fee := w.deal(running).Terms.Fee.Minor + w.deal(running).Terms.InKindValue.Minor
		got := read(w.brand, since)
		if got.Completed != 1 || got.Running != (deals.DealCount{N: 1, Only: running}) || got.Done != (deals.DealCount{N: 1, Only: done}) {
			t.Errorf("with one deal of each it is %+v", got)
		}
		if want := []models.Money{{Minor: 2 * fee, Currency: w.deal(running).Terms.Fee.Currency}}; !slices.Equal(got.Agreed, want) {
			t.Errorf("agreed is %v, want %v", got.Agreed, want)
		}
		if got := read(w.brand, w.clock.Now().Add(time.Hour)); got.Agreed != nil {
			t.Errorf("before the year began it counts %v", got.Agreed)
		}
		for who, a := range map[string]models.Actor{"another brand": other, "a visitor": {}, "the creator": w.creator} {
			if got := read(a, since); got.Completed != 1 || got.Running.N != 0 || got.Done.N != 0 || got.Agreed != nil {
				t.Errorf("%s reads %+v", who, got)
			}
		}
		w.agree()
		if got := read(w.brand, since); got.Running != (deals.DealCount{N: 2}) {
			t.Errorf("two running deals are %+v", got.Running)
		}
	})
}
