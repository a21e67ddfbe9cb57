package negotiation_test

import (
	"context"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// signAmendment proposes and signs an amendment.
func signAmendment(w *dealtest.World, deal string, change func(*negotiation.OfferForm)) contracts.Contract {
	w.T.Helper()
	am := w.ProposeAmendment(w.Brand, deal, change)
	w.Must(w.Sign(w.Brand, am))
	w.Must(w.Sign(w.Creator, am))
	return am
}

// holdFor stops the clocks of the brand's deals.
func holdFor(w *dealtest.World, held time.Duration) {
	w.T.Helper()
	suspendBrand(w, true)
	w.Clock.Advance(held)
	suspendBrand(w, false)
	w.Clock.Advance(time.Minute)
}

// What is due later because of a hold is so in this cycle alone.
func TestAFeeAloneLeavesDaysThatAHoldHasMoved(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		w.Months = "3"
		first := w.AgreeWithContract(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2026-12-10"})
		w.SignBoth(first)
		holdFor(w, 4*dealtest.Day)
		before := *w.Deal(first).Deliverable(1)
		am := signAmendment(w, first, func(f *negotiation.OfferForm) {
			if f.Deliverables[0].DueOn != "2026-12-14" {
				t.Errorf("the form shows %s", f.Deliverables[0].DueOn)
			}
			f.Fee = "600"
		})
		if am.Terms.Deliverables[0].DueOn.String() != "2026-12-10" || len(am.Terms.Differences(am.Earlier.Terms)) != 1 {
			t.Errorf("the amendment is for %v", am.Terms.Deliverables[0].DueOn)
		}
		if x := *w.Deal(first).Deliverable(1); x.DueOn.String() != "2026-12-14" || !x.DeadlineAt.Equal(*before.DeadlineAt) || x.Version != before.Version {
			t.Errorf("due on %v, until %v", x.DueOn, x.DeadlineAt)
		}
		w.ForwardTo(w.Deal(first).Cycles.BeginsAt.Add(time.Minute))
		if n, err := w.Deals.BeginCycles(context.Background()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		second := w.Deal(w.Deal(first).Cycles.Begun[1].Deal)
		if got := second.Deliverable(1).DueOn.String(); got != "2027-01-10" || second.Terms.Fee.Sum() != 60_000 {
			t.Errorf("the second cycle is due on %s", got)
		}
	})
}

// A day that is changed is the agreed one from then on: no time held is added to it any more.
func TestAChangedDayTakesThePlaceOfOneThatAHoldHasMoved(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SignBoth(deal)
		holdFor(w, 3*dealtest.Day)
		form := w.AmendingForm(deal)
		form.Deliverables[0].DueOn = "2026-12-04" // as agreed, before it moved
		_, err := w.Negotiations.PreviewAmendment(context.Background(), w.Brand, w.Contract(deal).PublicID, form)
		dealtest.WantField(t, err, "deliverables[0].due_on", "terms.amend.agreed_day")

		am := signAmendment(w, deal, dueOn("2026-12-09"))
		if x := w.Deal(deal).Deliverable(1); am.Terms.Deliverables[0].DueOn.String() != "2026-12-09" || x.DueOn.String() != "2026-12-09" || w.Count("SELECT count(*) FROM deliverables WHERE held_days <> 0") != 0 {
			t.Errorf("agreed for %v, due on %v", am.Terms.Deliverables[0].DueOn, x.DueOn)
		}
		holdFor(w, 2*dealtest.Day)
		signAmendment(w, deal, func(f *negotiation.OfferForm) { f.Rounds = "4" })
		if now := w.Deal(deal); now.Deliverable(1).DueOn.String() != "2026-12-11" || now.Terms.Deliverables[0].DueOn.String() != "2026-12-09" {
			t.Errorf("agreed for %v, due on %v", now.Terms.Deliverables[0].DueOn, now.Deliverable(1).DueOn)
		}
	})
}

// The same holds where the work waited for the contract, and when the form is sent again.
func TestAFeeAloneLeavesDaysThatWaitingHasMoved(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.Clock.Advance(3 * dealtest.Day)
		w.SignBoth(deal)
		form := w.AmendingForm(deal)
		form.Fee = "600"
		contract := w.Contract(deal).PublicID
		sent, err := w.Negotiations.ProposeAmendment(ctx, w.Brand, contract, form, "form")
		w.Must(err)
		am := w.PrepareAmendment(deal)
		if moved := w.Deal(deal).Deliverable(1).DueOn; am.Terms.Deliverables[0].DueOn.String() != "2026-12-04" || !am.Terms.Deliverables[0].DueOn.Before(moved) {
			t.Errorf("agreed for %v, due on %v", am.Terms.Deliverables[0].DueOn, moved)
		}
		w.Must(w.Sign(w.Brand, am))
		w.Must(w.Sign(w.Creator, am))
		if again, err := w.Negotiations.ProposeAmendment(ctx, w.Brand, contract, form, "form"); err != nil || again != sent {
			t.Errorf("sent again: %q, %v", again, err)
		}
		form.Deliverables[0].DueOn = "2026-12-20"
		_, err = w.Negotiations.ProposeAmendment(ctx, w.Brand, contract, form, "form")
		dealtest.WantCode(t, err, models.CodeConflict)
		if x := w.Deal(deal).Deliverable(1); x.State != deals.Drafting {
			t.Errorf("it is %s", x.State)
		}
	})
}
