package deals_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// listing is how the creator is found.
func (w *world) listing() creators.Listing {
	w.t.Helper()
	var l creators.Listing
	w.must(w.db.Read(context.Background()).Where("creator_id = ?", w.creator.CreatorID).Take(&l).Error)
	return l
}

func due(day string) deals.DeliverableForm {
	return deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: day}
}

// What a creator does with proposals and deals changes how they are found, at once.
func TestProposalsAndDealsTellHowACreatorIsFound(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := context.Background()
		w.create(&creators.MonthlyCapacity{CreatorID: w.creator.CreatorID, Capacity: 2})
		wants := func(what, want string) {
			t.Helper()
			l := w.listing()
			minutes, ppm := "none", "none"
			if l.ResponseMinutes != nil {
				minutes = fmt.Sprint(*l.ResponseMinutes)
			}
			if l.ResponsePPM != nil {
				ppm = fmt.Sprint(*l.ResponsePPM)
			}
			if got := fmt.Sprint(minutes, " ", ppm, " ", l.FullMonths != "", " ", l.Categories); got != want {
				t.Errorf("%s: %s, want %s", what, got, want)
			}
		}
		first := w.propose(due("2026-11-28"))
		wants("one is asked for", "none none false ")
		second := w.propose(due("2026-11-29"))
		wants("two are due this month", "none none true ")
		w.clock.Advance(30 * time.Minute)
		w.must(w.store.Withdraw(ctx, w.brand, second))
		wants("the brand takes one back", "none none false ")
		deal, err := w.store.Accept(ctx, w.creator, first)
		w.must(err)
		wants("the creator accepts", "none 1000000 false ")
		third := w.propose(due("2026-12-10"))
		w.clock.Advance(90 * time.Minute)
		w.must(w.store.Decline(ctx, w.creator, third, "Not now."))
		_ = w.propose(due("2026-12-10"))
		w.clock.Advance(8 * day)
		w.sweep()
		wants("one expires", "none 666666 false ")
		fifth := w.propose(due("2026-12-12"))
		w.clock.Advance(50 * time.Minute)
		w.must(w.store.Decline(ctx, w.creator, fifth, "Not now."))
		wants("a third answer", "50 750000 false ")
		w.carry(deal, 1, deals.Completed)
		wants("a deal is done", "50 750000 false ,other,")
	})
}

// Of two answers that end at once none is forgotten.
func TestAnswersAtOnceAreAllCounted(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const rounds, atOnce = 5, 4
		for range rounds {
			var ids []string
			for range atOnce {
				ids = append(ids, w.propose(due("2026-12-10")))
			}
			failed := make(chan error, atOnce)
			for _, id := range ids {
				go func() { failed <- w.store.Decline(context.Background(), w.creator, id, "No.") }()
			}
			for range ids {
				w.must(<-failed)
			}
		}
		var asked int64
		w.must(d.Read(t.Context()).Raw("SELECT asked FROM creator_activity WHERE creator_id = ?", w.creator.CreatorID).Scan(&asked).Error)
		if asked != rounds*atOnce {
			t.Errorf("%d answers are counted, want %d", asked, rounds*atOnce)
		}
	})
}

// figures are those computed from a creator's answers; -1 is unknown.
func figures(l creators.Listing) (minutes, ppm int64) {
	minutes, ppm = -1, -1
	if l.ResponseMinutes != nil {
		minutes = *l.ResponseMinutes
	}
	if l.ResponsePPM != nil {
		ppm = *l.ResponsePPM
	}
	return minutes, ppm
}

// worse says whether somebody who had the figures before is found less with those after.
func worse(minutesBefore, ppmBefore, minutes, ppm int64) bool {
	return ppm < ppmBefore || minutesBefore >= 0 && (minutes < 0 || minutes > minutesBefore)
}

// Declining lowers no figure: not against before, nor against accepting at the
// same moment or letting the proposal expire. Here with histories of real
// proposals; the rule alone has its property in models/creators.
func TestDecliningNeverMakesACreatorWorse(t *testing.T) {
	t.Parallel()
	type answer struct {
		how   string
		after time.Duration
	}
	r := rand.New(rand.NewPCG(1, 2))
	draw := func() answer {
		return answer{[]string{"accept", "decline", "expire"}[r.IntN(3)], time.Duration(1+r.IntN(6*24*60)) * time.Minute}
	}
	for range 25 {
		d := testkit.NewSQLite(t)
		var history []answer
		for range r.IntN(6) {
			history = append(history, draw())
		}
		last := draw()
		// The same world once for each way to end.
		end := map[string][2]int64{}
		var before [2]int64
		for _, how := range []string{"decline", "accept", "expire"} {
			w := newWorld(t, d)
			give := func(a answer) {
				p := w.propose(due("2027-02-01"))
				if a.how == "expire" {
					w.clock.Advance(8 * day)
					w.sweep()
					return
				}
				w.clock.Advance(a.after)
				if a.how == "decline" {
					w.must(w.store.Decline(context.Background(), w.creator, p, "No."))
					return
				}
				_, err := w.store.Accept(context.Background(), w.creator, p)
				w.must(err)
			}
			w.must(w.db.Tx(context.Background(), func(tx *db.Tx) error {
				return theirs(t, d, w.clock).SaveDealActivity(tx, w.creator.CreatorID, func() (creators.DealActivity, error) { return creators.DealActivity{}, nil })
			}))
			for _, a := range history {
				give(a)
			}
			before[0], before[1] = figures(w.listing())
			give(answer{how, last.after})
			m, p := figures(w.listing())
			end[how] = [2]int64{m, p}
		}
		declined := end["decline"]
		for what, other := range map[string][2]int64{"before": before, "accepting": end["accept"], "letting it expire": end["expire"]} {
			if worse(other[0], other[1], declined[0], declined[1]) {
				t.Errorf("after %v, declining after %v makes %v, worse than %s: %v", history, last.after, declined, what, other)
			}
		}
	}
}

// A database of an older version is summed up once.
func TestRederiveSumsUpWhatWasThere(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.agree()
		want := w.listing()
		for _, table := range []string{"creator_activity", "listings"} {
			w.must(d.Read(context.Background()).Exec("DELETE FROM " + table).Error)
		}
		for range 2 {
			w.must(w.store.Rederive(context.Background()))
		}
		if got := w.listing(); *got.ResponsePPM != *want.ResponsePPM || got.AccountID != want.AccountID {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}
