package negotiation_test

import (
	"context"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
)

// Whoever moves to another time zone between the offer and the answer: every deadline
// stays at the end of the day that the offer showed.
func TestMovingBeforeTheAnswerMovesNoDeadline(t *testing.T) {
	t.Parallel()
	zones := []string{"Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "America/Santiago", "UTC"}
	dueOn := models.Date{Year: 2027, Month: time.January, Day: 15}
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for i, before := range zones {
			after := zones[(i+1)%len(zones)]
			w := dealtest.New(t, d)
			move := func(zone string) {
				t.Helper()
				w.Must(d.Read(ctx).Exec("UPDATE people SET zone = ? WHERE id IN ?", zone, []int64{w.Brand.PersonID, w.Creator.PersonID}).Error)
				w.Must(d.Read(ctx).Exec("UPDATE creators SET zone = ? WHERE id = ?", zone, w.Creator.CreatorID).Error)
			}
			move(before)
			brandsDays := before
			if before == "UTC" {
				brandsDays = "Europe/Amsterdam" // never chosen: that of the brand's country
			}
			id := w.Propose(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: dueOn.String()})
			move(after)
			p, err := w.Negotiations.Get(ctx, w.Creator, id)
			w.Must(err)
			if p.Zone != before || p.BrandZone != brandsDays || !p.ExpiresAt.Equal(dealtest.EndOfDay(before, p.BegunAt, 7)) {
				t.Fatalf("from %s: shown in %s and %s until %v", before, p.Zone, p.BrandZone, p.ExpiresAt)
			}
			// The reminder comes when the day before the last one ends there.
			w.ForwardTo(dealtest.EndOfDay(before, p.BegunAt, 6).Add(-time.Second))
			if n := w.Sweep(); n != 0 {
				t.Errorf("from %s: %d reminded too early", before, n)
			}
			w.Clock.Advance(time.Second)
			if n := w.Sweep(); n != 1 {
				t.Errorf("from %s: %d reminded in time", before, n)
			}
			w.ForwardTo(p.ExpiresAt.Add(-time.Second))
			deal, err := w.Negotiations.Accept(ctx, w.Creator, id, 1)
			w.Must(err)
			got := w.Deal(deal)
			x := got.Deliverable(1)
			if due := dueOn.EndIn(models.Zone(before)); got.Zone != before || got.BrandZone != brandsDays || !x.DueAt.Equal(due) || !x.DueNow().Equal(due) {
				t.Errorf("from %s to %s: agreed in %s and %s, due %v", before, after, got.Zone, got.BrandZone, x.DueAt)
			}
			w.Carry(deal, 1, deals.Review)
			if x = w.Deal(deal).Deliverable(1); !x.DeadlineAt.Equal(dealtest.EndOfDay(brandsDays, w.Clock.Now(), 5)) {
				t.Errorf("from %s to %s: the brand answers until %v", before, after, x.DeadlineAt)
			}
			w.Must(w.Deals.End(ctx, w.Brand, deal, dealtest.Sentence)) // nothing of this world is left to the next one's sweeps
		}
	})
}
