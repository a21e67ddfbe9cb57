package deals_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

func limits(t *testing.T, w *world, d *db.DB, f creators.LimitsForm) {
	t.Helper()
	c, err := creators.NewTribeCatalogue()
	w.must(err)
	w.must(creators.NewStore(d, w.clock.Now, c).SetLimits(context.Background(), w.creator, f))
}

func TestAProposalOutsideTheLimitsIsNotSent(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		running := w.agree()
		limits(t, w, d, creators.LimitsForm{
			Capacity: "2", RefusedCategories: []string{"alcohol"}, Minimums: []creators.MinimumFeeForm{{Format: "video", Amount: "400", Currency: "EUR", N: 1}},
			Absences: []creators.AbsenceForm{{From: "2026-12-24", To: "2026-12-31"}},
		})
		try := func(change func(*deals.ProposalForm)) error {
			f := form()
			f.Category = "food"
			change(&f)
			w.forms++
			_, err := w.store.Propose(ctx, w.brand, w.creatorID, f, fmt.Sprint("guard", w.forms))
			return err
		}
		before := w.count("SELECT count(*) FROM proposals")
		wantField(t, try(func(f *deals.ProposalForm) { f.Category = "alcohol" }), "category", "creators.guard.category")
		wantField(t, try(func(f *deals.ProposalForm) { f.Category = "" }), "category", "creators.guard.category_needed")
		wantField(t, try(func(f *deals.ProposalForm) { f.Category = "nonsense" }), "category", "creators.error.category")
		wantField(t, try(func(f *deals.ProposalForm) { f.Fee = "399.99" }), "fee", "creators.guard.fee")
		wantField(t, try(func(f *deals.ProposalForm) { f.Currency = "USD" }), "currency", "creators.guard.currency")
		wantField(t, try(func(f *deals.ProposalForm) { f.Deliverables[0].DueOn = "2026-12-25" }), "deliverables[0].due_on", "creators.guard.away")
		wantField(t, try(func(f *deals.ProposalForm) { f.Deliverables[0].Count, f.Fee = "2", "900" }), "deliverables[0].due_on", "creators.guard.capacity")
		if n := w.count("SELECT count(*) FROM proposals"); n != before {
			t.Errorf("%d proposals were sent", n-before)
		}
		w.must(try(func(*deals.ProposalForm) {})) // the second of two in December
		wantField(t, try(func(*deals.ProposalForm) {}), "deliverables[0].due_on", "creators.guard.capacity")
		w.must(try(func(f *deals.ProposalForm) { f.Deliverables[0].DueOn = "2027-01-04" }))
		w.must(w.store.End(ctx, w.brand, running, "no longer"))
		w.must(try(func(*deals.ProposalForm) {})) // an ended deal leaves its place
		if n := w.count("SELECT count(*) FROM proposals WHERE category = 'food'"); n != 3 {
			t.Errorf("%d proposals keep their category", n)
		}
	})
}

func TestTwoProposalsAtOnceStayWithinTheCapacity(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		limits(t, w, d, creators.LimitsForm{Capacity: "1"})
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = w.store.Propose(ctx, w.brand, w.creatorID, form(), fmt.Sprint("at once ", i))
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
