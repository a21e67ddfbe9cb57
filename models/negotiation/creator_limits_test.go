package negotiation_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

func limits(t *testing.T, w *dealtest.World, d *db.DB, f creators.LimitsForm) {
	t.Helper()
	c, err := creators.NewTribeCatalogue()
	w.Must(err)
	w.Must(creators.NewStore(d, w.Clock.Now, c).SetLimits(context.Background(), w.Creator, f))
}

func TestAProposalOutsideTheLimitsIsNotSent(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := dealtest.New(t, d), context.Background()
		running := w.Agree()
		limits(t, w, d, creators.LimitsForm{
			Capacity: "2", RefusedCategories: []string{"alcohol"}, Minimums: []creators.MinimumFeeForm{{Format: "video", Amount: "400", Currency: "EUR", N: 1}},
			Absences: []creators.AbsenceForm{{From: "2026-12-24", To: "2026-12-31"}},
		})
		try := func(change func(*negotiation.OfferForm)) error {
			f := dealtest.Form()
			f.Category = "food"
			change(&f)
			w.Forms++
			_, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, f, fmt.Sprint("guard", w.Forms))
			return err
		}
		before := w.Count("SELECT count(*) FROM negotiations")
		dealtest.WantField(t, try(func(f *negotiation.OfferForm) { f.Category = "alcohol" }), "category", "creators.guard.category")
		dealtest.WantField(t, try(func(f *negotiation.OfferForm) { f.Category = "" }), "category", "creators.guard.category_needed")
		dealtest.WantField(t, try(func(f *negotiation.OfferForm) { f.Category = "nonsense" }), "category", "creators.error.category")
		dealtest.WantField(t, try(func(f *negotiation.OfferForm) { f.Fee = "399.99" }), "fee", "creators.guard.fee")
		dealtest.WantField(t, try(func(f *negotiation.OfferForm) { f.Currency = "USD" }), "currency", "creators.guard.currency")
		dealtest.WantField(t, try(func(f *negotiation.OfferForm) { f.Deliverables[0].DueOn = "2026-12-25" }), "deliverables[0].due_on", "creators.guard.away")
		dealtest.WantField(t, try(func(f *negotiation.OfferForm) { f.Deliverables[0].Count, f.Fee = "2", "900" }), "deliverables[0].due_on", "creators.guard.capacity")
		if n := w.Count("SELECT count(*) FROM negotiations"); n != before {
			t.Errorf("%d proposals were sent", n-before)
		}
		w.Must(try(func(*negotiation.OfferForm) {})) // the second of two in December
		dealtest.WantField(t, try(func(*negotiation.OfferForm) {}), "deliverables[0].due_on", "creators.guard.capacity")
		w.Must(try(func(f *negotiation.OfferForm) { f.Deliverables[0].DueOn = "2027-01-04" }))
		w.Must(w.Deals.End(ctx, w.Brand, running, "no longer"))
		w.Must(try(func(*negotiation.OfferForm) {})) // an ended deal leaves its place
		if n := w.Count("SELECT count(*) FROM negotiations WHERE category = 'food'"); n != 3 {
			t.Errorf("%d proposals keep their category", n)
		}
	})
}

// What a repetition still begins takes its place in the months in which it is due, until notice
// is given; an offer that repeats needs a place in each of its months.
func TestCyclesToComeCountInTheirMonths(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := dealtest.New(t, d), t.Context()
		limits(t, w, d, creators.LimitsForm{Capacity: "1"})
		propose := func(due string, change func(*negotiation.OfferForm)) (negotiation.Sent, error) {
			f := dealtest.Form()
			f.Deliverables[0].DueOn = due
			change(&f)
			w.Forms++
			return w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, f, fmt.Sprint("cycles", w.Forms))
		}
		once := func(*negotiation.OfferForm) {}
		sent, err := propose("2026-12-04", func(f *negotiation.OfferForm) { f.RepetitionMonths, f.NoticeDays = "3", "5" })
		w.Must(err)
		deal, err := w.Negotiations.Accept(ctx, w.Creator, sent.Negotiation, 1)
		w.Must(err)
		for _, due := range []string{"2026-12-30", "2027-01-30", "2027-02-20"} {
			_, err := propose(due, once)
			dealtest.WantField(t, err, "deliverables[0].due_on", "creators.guard.capacity")
		}
		_, err = propose("2026-11-27", func(f *negotiation.OfferForm) { f.RepetitionMonths, f.NoticeDays = "2", "5" })
		dealtest.WantField(t, err, "deliverables[0].due_on", "creators.guard.capacity_again")
		_, err = propose("2027-03-04", once)
		w.Must(err)
		w.Must(w.Deals.GiveNotice(ctx, w.Brand, deal, deals.RepetitionNotice{LastCycle: 1}))
		_, err = propose("2027-01-30", once)
		w.Must(err)
		_, err = propose("2026-12-30", once) // what has begun goes on
		dealtest.WantField(t, err, "deliverables[0].due_on", "creators.guard.capacity")
	})
}

func TestTwoProposalsAtOnceStayWithinTheCapacity(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := dealtest.New(t, d), context.Background()
		limits(t, w, d, creators.LimitsForm{Capacity: "1"})
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, dealtest.Form(), fmt.Sprint("at once ", i))
			})
		}
		wg.Wait()
		sent := 0
		for _, err := range errs {
			if err == nil {
				sent++
			} else if models.CodeOf(err) != models.CodeInvalid {
				t.Error(err)
			}
		}
		if sent != 1 {
			t.Errorf("%d of %d were sent", sent, len(errs))
		}
	})
}

// What a repetition takes up already is no obstacle to amending it; what it would take up
// instead is.
func TestAmendingARepetitionKeepsItsPlaces(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := t.Context(), dealtest.New(t, d)
		w.Months = "3"
		deal := w.AgreeWithContract(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2026-12-10"})
		w.Months = ""
		w.SignBoth(deal)
		w.Agree(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2027-03-20"})
		limits(t, w, d, creators.LimitsForm{Capacity: "1"})
		move := func(to string) error {
			form := w.AmendingForm(deal)
			form.Deliverables[0].DueOn = to
			_, err := w.Negotiations.PreviewAmendment(ctx, w.Brand, w.Contract(deal).PublicID, form)
			return err
		}
		w.Must(move("2026-12-20"))                                                                           // and 20 January and February
		dealtest.WantField(t, move("2027-01-05"), "deliverables[0].due_on", "creators.guard.capacity_again") // and 5 February and March

		// From its second cycle on, one is still to come.
		w.Carry(deal, 1, deals.Completed)
		w.ForwardTo(w.Deal(deal).Cycles.BeginsAt.Add(time.Minute))
		if n, err := w.Deals.BeginCycles(ctx); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		deal = w.Deal(deal).Cycles.Begun[1].Deal
		w.Must(move("2027-01-25")) // and 25 February
		dealtest.WantField(t, move("2027-02-25"), "deliverables[0].due_on", "creators.guard.capacity_again")
	})
}
