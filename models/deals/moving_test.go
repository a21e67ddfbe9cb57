package deals_test

import (
	"context"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
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
			w := newWorld(t, d)
			move := func(zone string) {
				t.Helper()
				w.must(d.Read(ctx).Exec("UPDATE people SET zone = ? WHERE id IN ?", zone, []int64{w.brand.PersonID, w.creator.PersonID}).Error)
				w.must(d.Read(ctx).Exec("UPDATE creators SET zone = ? WHERE id = ?", zone, w.creator.CreatorID).Error)
			}
			move(before)
			brandsDays := before
			if before == "UTC" {
				brandsDays = "Europe/Amsterdam" // never chosen: that of the brand's country
			}
			id := w.propose(deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: dueOn.String()})
			move(after)
			p, err := w.store.GetProposal(ctx, w.creator, id)
			w.must(err)
			if p.Zone != before || p.BrandZone != brandsDays || !p.ExpiresAt.Equal(endOfDay(before, p.SentAt, 7)) {
				t.Fatalf("from %s: shown in %s and %s until %v", before, p.Zone, p.BrandZone, p.ExpiresAt)
			}
			// The reminder comes when the day before the last one ends there.
			w.forwardTo(endOfDay(before, p.SentAt, 6).Add(-time.Second))
			if n := w.sweep(); n != 0 {
				t.Errorf("from %s: %d reminded too early", before, n)
			}
			w.clock.Advance(time.Second)
			if n := w.sweep(); n != 1 {
				t.Errorf("from %s: %d reminded in time", before, n)
			}
			w.forwardTo(p.ExpiresAt.Add(-time.Second))
			deal, err := w.store.Accept(ctx, w.creator, id)
			w.must(err)
			got := w.deal(deal)
			x := got.Deliverable(1)
			if due := dueOn.EndIn(models.Zone(before)); got.Zone != before || got.BrandZone != brandsDays || !x.DueAt.Equal(due) || !x.DueNow().Equal(due) {
				t.Errorf("from %s to %s: agreed in %s and %s, due %v", before, after, got.Zone, got.BrandZone, x.DueAt)
			}
			w.carry(deal, 1, deals.Review)
			if x = w.deal(deal).Deliverable(1); !x.DeadlineAt.Equal(endOfDay(brandsDays, w.clock.Now(), 5)) {
				t.Errorf("from %s to %s: the brand answers until %v", before, after, x.DeadlineAt)
			}
			w.must(w.store.End(ctx, w.brand, deal, sentence)) // nothing of this world is left to the next one's sweeps
		}
	})
}
