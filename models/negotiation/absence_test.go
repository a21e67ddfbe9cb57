package negotiation_test

import (
	"context"
	"strings"
	"sync"
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
	"tribemarket/models/workflow/run"
)

// suspendBrand changes what moderation changes, and follows it as moderation does.
func suspendBrand(w *dealtest.World, suspended bool) {
	w.T.Helper()
	follow(w, "UPDATE brands SET suspended_at = ? WHERE id = ?", suspended, w.Brand.BrandID, contracts.Party{Side: models.SideBrand, ID: w.Brand.BrandID})
}

func suspendCreator(w *dealtest.World, suspended bool) {
	w.T.Helper()
	follow(w, "UPDATE people SET suspended_at = ? WHERE id = ?", suspended, w.Creator.PersonID, contracts.Party{Side: models.SideCreator, ID: w.Creator.CreatorID})
}

func follow(w *dealtest.World, statement string, suspended bool, id int64, p contracts.Party) {
	w.T.Helper()
	var at *time.Time
	if suspended {
		now := w.Clock.Now()
		at = &now
	}
	w.Must(w.DB.Tx(context.Background(), func(tx *db.Tx) error {
		if err := w.Negotiations.LockParties(tx, []contracts.Party{p}); err != nil {
			return err
		}
		if err := tx.Exec(statement, at, id).Error; err != nil {
			return err
		}
		return w.Negotiations.FollowAbsence(tx, []contracts.Party{p})
	}))
}

func TestASuspendedBrandsOffersAreWithdrawnAndItsDealsHeld(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		ctx := context.Background()
		work, unsigned := w.Agree(), w.Bring(deals.Waiting)
		reviewed := w.Bring(deals.Review)
		open := w.Propose()
		before, beforeUnsigned := w.Deal(work), w.Deal(unsigned)
		until := dealtest.EndOfDay(dealtest.CreatorZone, w.Clock.Now(), deals.HoldDays)
		suspendBrand(w, true)
		suspendBrand(w, true) // again changes nothing
		if got := w.NegotiationState(open); got != negotiation.Withdrawn {
			t.Errorf("the open offer is %s", got)
		}
		for _, id := range []string{work, unsigned, reviewed} {
			h := w.Deal(id).Holds
			if len(h) != 1 || h[0].Away != models.SideBrand || !h[0].Until.Equal(until) || h[0].State != deals.HoldRuns {
				t.Fatalf("the holds are %+v, wanted one until %v", h, until)
			}
		}
		dealtest.WantCode(t, w.Deals.EndAway(ctx, w.Creator, work), models.CodeConflict)
		dealtest.WantCode(t, w.Deals.AskForContract(ctx, w.Creator, work), models.CodeConflict)

		// Nothing becomes overdue, and nobody is reminded; the work may go on.
		w.Clock.Advance(13 * dealtest.Day)
		w.Must(w.SubmitDraft(w.Creator, deals.Ref{Deal: work, Number: 1}, "https://drive.example/x", "Cut"))
		reminders := w.Jobs("workflow.remind")
		w.Sweep()
		if w.State(reviewed, 1) != deals.Review || w.State(work, 1) != deals.Review || w.State(unsigned, 1) != deals.Waiting || w.Jobs("workflow.remind") != reminders {
			t.Errorf("while held, the sweep went on: %s, %s, %s", w.State(reviewed, 1), w.State(work, 1), w.State(unsigned, 1))
		}
		if n := len(w.Deal(reviewed).Deliverables); n == 0 || w.Deal(reviewed).Deliverables[0].Late(w.Clock.Now()) {
			t.Error("what is held is late")
		}

		suspendBrand(w, false)
		held := 13 * dealtest.Day
		if d := w.Deal(unsigned); d.IsHeld() || d.Contract.DeadlineAt.Sub(*beforeUnsigned.Contract.DeadlineAt) < held-dealtest.Day {
			t.Errorf("the contract had until %v and has until %v", beforeUnsigned.Contract.DeadlineAt, d.Contract.DeadlineAt)
		}
		if got, want := w.Deal(work).Deliverables[0].DueOn, before.Deliverables[0].DueOn.AddDays(13); got != want {
			t.Errorf("due on %v, wanted %v", got, want)
		}
		w.Clock.Advance(4 * dealtest.Day)
		w.Sweep()
		if w.State(reviewed, 1) != deals.Review {
			t.Error("the time held was not added")
		}
		w.Clock.Advance(3 * dealtest.Day)
		w.Sweep()
		if w.State(reviewed, 1) != deals.Approved {
			t.Errorf("released, the clock does not run: %s", w.State(reviewed, 1))
		}
	})
}

func TestTheOtherSideEndsWithoutFaultAfterTheHold(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		ctx := context.Background()
		deal := w.Bring(deals.Approved)
		suspendBrand(w, true)
		until := w.Deal(deal).Holds[0].Until
		w.ForwardTo(until.Add(-time.Second))
		w.Sweep()
		dealtest.WantCode(t, w.Deals.EndAway(ctx, w.Creator, deal), models.CodeConflict)
		w.ForwardTo(until)
		if !deals.CanEndAway(w.Creator, w.Deal(deal), w.Clock.Now()) || deals.CanEndAway(w.Brand, w.Deal(deal), w.Clock.Now()) {
			t.Error("the other side alone may end it now")
		}
		if n, err := w.Negotiations.WaitingCount(ctx, w.Creator, w.Clock.Now()); err != nil || n != 1 {
			t.Errorf("%d wait for the creator, %v", n, err)
		}
		dealtest.WantCode(t, w.Deals.EndAway(ctx, w.OtherStar, deal), models.CodeNotFound)
		var clicks sync.WaitGroup
		errs := make(chan error, 50)
		for range cap(errs) {
			clicks.Go(func() { errs <- w.Deals.EndAway(ctx, w.Creator, deal) })
		}
		clicks.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Errorf("a repeated click: %v", err)
			}
		}
		got := w.Deal(deal)
		if got.EndedAt == nil || !got.EndedAway || got.EndedLate || got.EndedBy != models.SideCreator || got.IsHeld() {
			t.Errorf("ended: %+v", got)
		}
		if n := w.Count("SELECT count(*) FROM workflow_events WHERE action = 'end_away' AND subject_kind = 'deal' AND subject_id = ?", got.ID); n != 1 {
			t.Errorf("%d ends", n)
		}
		if n := w.Count("SELECT count(*) FROM deal_holds WHERE deal_id = ? AND ended_at IS NULL", got.ID) +
			w.Count("SELECT count(*) FROM workflow_holds h JOIN deliverables x ON x.id = h.subject_id AND h.subject_kind = 'deliverable' WHERE x.deal_id = ? AND h.ended_at IS NULL", got.ID); n != 0 {
			t.Errorf("%d holds are left", n)
		}
	})
}

func TestHoldsOfBothSidesOverlap(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.Bring(deals.Review)
		before := w.Deal(deal).Deliverables[0]
		suspendBrand(w, true)
		w.Clock.Advance(5 * dealtest.Day)
		suspendCreator(w, true)
		w.Clock.Advance(5 * dealtest.Day)
		suspendBrand(w, false)
		if n := told(t, w); n != 1 { // the creator, who is suspended, gets no mails
			t.Errorf("told %d times, wanted that the creator is away, and not that it goes on", n)
		}
		if h := w.Deal(deal).Holds; len(h) != 1 || h[0].Away != models.SideCreator {
			t.Fatalf("of both, one is back: %+v", h)
		}
		w.Sweep()
		w.Clock.Advance(20 * dealtest.Day)
		w.Sweep()
		if w.State(deal, 1) != deals.Review || w.Deal(deal).EndedAt != nil {
			t.Error("a suspension ended something by itself")
		}
		suspendCreator(w, false)
		after := w.Deal(deal).Deliverables[0]
		if got := after.DeadlineAt.Sub(*before.DeadlineAt); got < 29*dealtest.Day || got > 31*dealtest.Day || w.Deal(deal).IsHeld() {
			t.Errorf("30 days held moved the deadline by %v", got)
		}
	})
}

func TestAnAdministratorShortensAHoldAndNeverLengthensIt(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.Agree()
		suspendBrand(w, true)
		last := w.Deal(deal).Holds[0].LastDay(models.Zone(dealtest.CreatorZone))
		shorten := func(day models.Date) (n int) {
			w.Must(w.Engine.DoAsSystem(context.Background(), func(x *run.Work) (err error) {
				n, err = deals.ShortenHolds(x, contracts.Party{Side: models.SideBrand, ID: w.Brand.BrandID}, day)
				return err
			}))
			return n
		}
		if n := shorten(last) + shorten(last.AddDays(1)); n != 0 {
			t.Errorf("%d holds were lengthened", n)
		}
		if n := shorten(last.AddDays(-10)); n != 1 || w.Deal(deal).Holds[0].LastDay(models.Zone(dealtest.CreatorZone)) != last.AddDays(-10) {
			t.Errorf("%d holds were shortened: %+v", n, w.Deal(deal).Holds)
		}
		w.Clock.Advance(5 * dealtest.Day)
		w.Must(w.Deals.EndAway(context.Background(), w.Creator, deal))
	})
}

func TestABrandWhoseLastManagerIsSuspendedIsAwayUntilItGetsAnother(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		ctx := context.Background()
		deal, open := w.Agree(), w.Propose()
		w.Must(w.DB.Read(ctx).Exec("UPDATE people SET suspended_at = ? WHERE id = ?", w.Clock.Now(), w.Brand.PersonID).Error)
		w.Must(w.Negotiations.FollowAway(ctx))
		if !w.Deal(deal).IsHeld() || w.NegotiationState(open) != negotiation.Withdrawn {
			t.Fatal("nobody can act for the brand, and its deal is not held")
		}
		w.Must(w.DB.Read(ctx).Exec("INSERT INTO members (brand_id, person_id, role, created_at) VALUES (?, ?, 'manager', ?)", w.Brand.BrandID, w.OtherBrand.PersonID, w.Clock.Now()).Error)
		w.Must(w.Negotiations.FollowAway(ctx))
		if w.Deal(deal).IsHeld() {
			t.Error("the brand got another manager, and its deal is still held")
		}
	})
}

func TestNothingIsAmendedWhileASideIsAway(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.AgreeWithContract()
		w.SignBoth(deal)
		form := w.AmendingForm(deal)
		form.Rounds = "4"
		propose := func() error {
			_, err := w.Negotiations.ProposeAmendment(context.Background(), w.Creator, w.Contract(deal).PublicID, form, "more-rounds")
			return err
		}
		suspendBrand(w, true)
		dealtest.WantCode(t, propose(), models.CodeForbidden)
		if d := w.Deal(deal); d.Amendment != nil || deals.CanAmend(w.Creator, d) {
			t.Errorf("an amendment of a held deal: %+v", d.Amendment)
		}
		suspendBrand(w, false)
		w.Must(propose())

		// Nor is one signed that was proposed before.
		open := w.PrepareAmendment(deal)
		w.Must(w.Sign(w.Creator, open))
		suspendCreator(w, true)
		err := w.Sign(w.Brand, open)
		if dealtest.WantCode(t, err, models.CodeConflict); !strings.Contains(err.Error(), "deals.error.held") {
			t.Error(err)
		}
		w.Clock.Advance(10 * dealtest.Day)
		w.Sweep()
		suspendCreator(w, false)
		w.Must(w.Sign(w.Brand, open))
	})
}

// Neither a due day nor a deadline moves because a side stops the clocks again and again for a
// moment, and the other side is not told each time.
func TestHoldsOfAMomentMoveNothing(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		deal := w.Agree()
		before := *w.Deal(deal).Deliverable(1)
		for range 10 {
			suspendCreator(w, true)
			w.Clock.Advance(20 * time.Second)
			suspendCreator(w, false)
			w.Clock.Advance(20 * time.Second)
		}
		if x := *w.Deal(deal).Deliverable(1); !x.DeadlineAt.Equal(*before.DeadlineAt) || !x.DueAt.Equal(before.DueAt) || x.DueOn != before.DueOn {
			t.Errorf("due on %v, until %v, and then on %v, until %v", before.DueOn, before.DeadlineAt, x.DueOn, x.DeadlineAt)
		}
		if n := told(t, w); n != 4 {
			t.Errorf("%d times told of it", n)
		}
		suspendCreator(w, true)
		w.Clock.Advance(2 * dealtest.Day)
		suspendCreator(w, false)
		if x := *w.Deal(deal).Deliverable(1); x.DueOn != before.DueOn.AddDays(3) || x.DeadlineAt.Sub(*before.DeadlineAt) != 3*dealtest.Day { // two days and minutes
			t.Errorf("due on %v, until %v", x.DueOn, x.DeadlineAt)
		}
	})
}

// told counts the lines about holds of which somebody is told.
func told(t *testing.T, w *dealtest.World) (n int) {
	t.Helper()
	var lines []int64
	w.Must(w.DB.Read(context.Background()).Raw("SELECT id FROM workflow_events WHERE subject_kind = 'hold' AND action IN ('hold', 'release')").Scan(&lines).Error)
	for _, id := range lines {
		a, err := w.Deals.Announcement(context.Background(), id)
		if w.Must(err); len(a.To) > 0 {
			n++
		}
	}
	return n
}

// The contract of a repetition has the clock of whichever of its deals runs.
func TestTheContractOfALaterCycleIsHeldWithIt(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		form := dealtest.Form()
		form.RepetitionMonths, form.NoticeDays = "3", "0"
		sent, err := w.Negotiations.Propose(ctx, w.Brand, w.CreatorID, form, "repeats")
		w.Must(err)
		first, err := w.Negotiations.Accept(ctx, w.Creator, sent.Negotiation, 1)
		w.Must(err)
		w.Carry(first, 1, deals.Completed)
		w.ForwardTo(w.Deal(first).Cycles.BeginsAt.Add(time.Minute))
		if n, err := w.Deals.BeginCycles(ctx); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		second := w.Deal(first).Cycles.Begun[1].Deal
		suspendBrand(w, true)
		if !w.Deal(second).IsHeld() || w.Deal(first).IsHeld() {
			t.Fatal("the second cycle alone is held")
		}
		err = w.Deals.AskForContract(ctx, w.Creator, second)
		if dealtest.WantCode(t, err, models.CodeConflict); !strings.Contains(err.Error(), "deals.error.held") {
			t.Error(err)
		}
		suspendBrand(w, false)
		w.Must(w.Deals.AskForContract(ctx, w.Creator, second))
		before := w.Deal(second).Contract
		suspendBrand(w, true)
		w.Clock.Advance(60 * dealtest.Day)
		w.Sweep()
		suspendBrand(w, false)
		now := w.Deal(second).Contract
		if now == nil || now.State != before.State || now.DeadlineAt.Sub(*before.DeadlineAt) < 59*dealtest.Day {
			t.Errorf("the contract was %+v and is %+v", before, now)
		}
	})
}

// A held deal is one line of the list, whatever it has to deliver: it waits for others until
// the side that waits may end it, and for that side then.
func TestAHeldDealIsOneLineOfTheDashboard(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		line := terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "2", DueOn: "2026-12-28"}
		deal := w.Agree(line)
		if n := len(w.Deal(deal).Deliverables); n != 2 {
			t.Fatalf("%d deliverables", n)
		}
		suspendBrand(w, true)
		until := w.Deal(deal).Holds[0].Until
		check := func(a models.Actor, waiting, others int) {
			t.Helper()
			b, err := w.Negotiations.Board(ctx, a, w.Clock.Now(), 5)
			w.Must(err)
			n, err := w.Negotiations.WaitingCount(ctx, a, w.Clock.Now())
			w.Must(err)
			if len(b.Waiting) != waiting || len(b.WaitingOnOthers) != others || n != waiting {
				t.Errorf("%d wait for the actor and %d for others, counted %d; wanted %d and %d", len(b.Waiting), len(b.WaitingOnOthers), n, waiting, others)
			}
			for _, x := range append(b.Waiting, b.WaitingOnOthers...) {
				if x.Deal != deal || x.Hold == nil || !x.Due.Equal(until) || x.Hold.Away != models.SideBrand || x.Own.Name == "" || x.Own.Name == x.With.Name {
					t.Errorf("the line is %+v", x)
				}
			}
		}
		check(w.Brand, 0, 1)
		check(w.Creator, 0, 1)
		w.ForwardTo(until)
		check(w.Brand, 0, 1)
		check(w.Creator, 1, 0)
		w.Sweep()
		check(w.Creator, 1, 0)
	})
}
