package deals_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// A brand reads its own deals with a creator; another reads only how many were completed.
func TestATrackRecordCountsWhatTheReaderDidWithACreator(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		other := w.NewBrand("Other", "other@brand.example")
		since := w.Clock.Now().Add(-time.Hour)
		read := func(a models.Actor, since time.Time) deals.TrackRecord {
			t.Helper()
			got, err := w.Deals.ReadTrackRecord(context.Background(), a, w.Creator.CreatorID, since)
			w.Must(err)
			return got
		}
		if got := read(w.Brand, since); got.Completed != 0 || got.Running.N != 0 || got.Agreed != nil {
			t.Errorf("before any deal it is %+v", got)
		}
		running := w.Agree()
		done := w.Bring(deals.Completed)
		fee := w.Deal(running).Terms.Fee.Sum() + w.Deal(running).Terms.InKind.Value
		got := read(w.Brand, since)
		if got.Completed != 1 || got.Running != (deals.DealCount{N: 1, Only: running}) || got.Done != (deals.DealCount{N: 1, Only: done}) {
			t.Errorf("with one deal of each it is %+v", got)
		}
		if want := []models.Money{{Minor: 2 * fee, Currency: w.Deal(running).Terms.Currency}}; !slices.Equal(got.Agreed, want) {
			t.Errorf("agreed is %v, want %v", got.Agreed, want)
		}
		if got := read(w.Brand, w.Clock.Now().Add(time.Hour)); got.Agreed != nil {
			t.Errorf("before the year began it counts %v", got.Agreed)
		}
		for who, a := range map[string]models.Actor{"another brand": other, "a visitor": {}, "the creator": w.Creator} {
			if got := read(a, since); got.Completed != 1 || got.Running.N != 0 || got.Done.N != 0 || got.Agreed != nil {
				t.Errorf("%s reads %+v", who, got)
			}
		}
		w.Agree()
		if got := read(w.Brand, since); got.Running != (deals.DealCount{N: 2}) {
			t.Errorf("two running deals are %+v", got.Running)
		}
	})
}
