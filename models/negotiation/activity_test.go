package negotiation_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
)

// listing is how the creator is found.
func listing(w *dealtest.World) creators.Listing {
	w.T.Helper()
	var l creators.Listing
	w.Must(w.DB.Read(context.Background()).Where("creator_id = ?", w.Creator.CreatorID).Take(&l).Error)
	return l
}

func due(day string) terms.DeliverableForm {
	return terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: day}
}

// What a creator does with proposals and deals changes how they are found, at once.
func TestProposalsAndDealsTellHowACreatorIsFound(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		ctx := context.Background()
		w.Create(&creators.MonthlyCapacity{CreatorID: w.Creator.CreatorID, Capacity: 2})
		wants := func(what, want string) {
			t.Helper()
			l := listing(w)
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
		first := w.Propose(due("2026-11-28"))
		wants("one is asked for", "none none false ")
		second := w.Propose(due("2026-11-29"))
		wants("two are due this month", "none none true ")
		w.Clock.Advance(30 * time.Minute)
		w.Must(w.Negotiations.Withdraw(ctx, w.Brand, second))
		wants("the brand takes one back", "none none false ")
		deal, err := w.Negotiations.Accept(ctx, w.Creator, first, 1)
		w.Must(err)
		wants("the creator accepts", "none 1000000 false ")
		third := w.Propose(due("2026-12-10"))
		w.Clock.Advance(90 * time.Minute)
		w.Must(w.Negotiations.Decline(ctx, w.Creator, third, 1, "Not now."))
		_ = w.Propose(due("2026-12-10"))
		w.Clock.Advance(8 * dealtest.Day)
		w.Sweep()
		wants("one expires", "none 666666 false ")
		fifth := w.Propose(due("2026-12-12"))
		w.Clock.Advance(50 * time.Minute)
		w.Must(w.Negotiations.Decline(ctx, w.Creator, fifth, 1, "Not now."))
		wants("a third answer", "50 750000 false ")
		w.Carry(deal, 1, deals.Completed)
		wants("a deal is done", "50 750000 false ,other,")
	})
}

// Of two answers that end at once none is forgotten.
func TestAnswersAtOnceAreAllCounted(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		const rounds, atOnce = 5, 4
		for range rounds {
			var ids []string
			for range atOnce {
				ids = append(ids, w.Propose(due("2026-12-10")))
			}
			failed := make(chan error, atOnce)
			for _, id := range ids {
				go func() { failed <- w.Negotiations.Decline(context.Background(), w.Creator, id, 1, "No.") }()
			}
			for range ids {
				w.Must(<-failed)
			}
		}
		var asked int64
		w.Must(d.Read(t.Context()).Raw("SELECT asked FROM creator_activity WHERE creator_id = ?", w.Creator.CreatorID).Scan(&asked).Error)
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
			w := dealtest.New(t, d)
			give := func(a answer) {
				p := w.Propose(due("2027-02-01"))
				if a.how == "expire" {
					w.Clock.Advance(8 * dealtest.Day)
					w.Sweep()
					return
				}
				w.Clock.Advance(a.after)
				if a.how == "decline" {
					w.Must(w.Negotiations.Decline(context.Background(), w.Creator, p, 1, "No."))
					return
				}
				_, err := w.Negotiations.Accept(context.Background(), w.Creator, p, 1)
				w.Must(err)
			}
			w.Must(w.DB.Tx(context.Background(), func(tx *db.Tx) error {
				return dealtest.NewCreatorStore(t, d, w.Clock).SaveDealActivity(tx, w.Creator.CreatorID, func() (creators.DealActivity, error) { return creators.DealActivity{}, nil })
			}))
			for _, a := range history {
				give(a)
			}
			before[0], before[1] = figures(listing(w))
			give(answer{how, last.after})
			m, p := figures(listing(w))
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
		w := dealtest.New(t, d)
		w.Agree()
		want := listing(w)
		for _, table := range []string{"creator_activity", "listings"} {
			w.Must(d.Read(context.Background()).Exec("DELETE FROM " + table).Error)
		}
		for range 2 {
			w.Must(w.Negotiations.Rederive(context.Background()))
		}
		if got := listing(w); *got.ResponsePPM != *want.ResponsePPM || got.AccountID != want.AccountID {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}
