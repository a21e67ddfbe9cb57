package deals_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// repeating is a brand and a creator with a deal that repeats. The clock is at 20 November
// 2026, 10:00 in Brussels, and its one video is due on 4 December.
type repeating struct {
	*dealtest.World
	negotiation, first string
}

func repeat(t *testing.T, d *db.DB, months, notice int, more ...func(*negotiation.OfferForm)) repeating {
	t.Helper()
	w := dealtest.New(t, d)
	form := dealtest.Form()
	form.RepetitionMonths, form.NoticeDays = fmt.Sprint(months), fmt.Sprint(notice)
	for _, change := range more {
		change(&form)
	}
	w.Forms++
	sent, err := w.Negotiations.Propose(context.Background(), w.Brand, w.CreatorID, form, fmt.Sprint("form", w.Forms))
	w.Must(err)
	first, err := w.Negotiations.Accept(context.Background(), w.Creator, sent.Negotiation, 1)
	w.Must(err)
	return repeating{w, sent.Negotiation, first}
}

// cycles runs the job, and lists the deals.
func (r repeating) cycles() []deals.Cycle {
	r.T.Helper()
	r.run()
	return r.Deal(r.first).Cycles.Begun
}

func (r repeating) run() int {
	r.T.Helper()
	n, err := r.Deals.BeginCycles(context.Background())
	r.Must(err)
	return n
}

// startOf is when a day begins where the creator lives.
func startOf(day string) time.Time {
	d, err := models.ParseDate(day)
	if err != nil {
		panic(err)
	}
	return d.StartIn(models.Zone(dealtest.CreatorZone)).UTC()
}

func (r repeating) notice(a models.Actor, f deals.RepetitionNotice) error {
	return r.Deals.GiveNotice(context.Background(), a, r.first, f)
}

// giveNotice gives notice as the page says it.
func (r repeating) giveNotice(a models.Actor) error {
	c := r.Deal(r.first).Cycles
	return r.notice(a, deals.RepetitionNotice{Version: c.Version, LastCycle: c.LastAfterNotice(r.Clock.Now())})
}

func TestCyclesBeginOnTheirDays(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		r := repeat(t, d, 3, 10)
		if c := r.Deal(r.first).Cycles; c == nil || !c.BeginsAt.Equal(startOf("2026-12-20")) || c.Last != 3 || len(c.All()) != 3 || c.State != deals.RepetitionRunning {
			t.Fatalf("at first: %+v", c)
		}
		r.ForwardTo(startOf("2026-12-20").Add(-time.Second))
		if got := r.cycles(); len(got) != 1 {
			t.Fatalf("a second too early: %+v", got)
		}
		before, jobs := r.Events(), r.Jobs("notifications.deliver")
		r.Clock.Advance(time.Second)
		got := r.cycles()
		if len(got) != 2 || r.run() != 0 || r.Events() != before+1 || r.Jobs("notifications.deliver") != jobs+1 {
			t.Fatalf("%+v, %d events, %d jobs", got, r.Events()-before, r.Jobs("notifications.deliver")-jobs)
		}
		first, second := r.Deal(r.first), r.Deal(got[1].Deal)
		x := second.Deliverable(1)
		if second.Cycle != 2 || second.Negotiation != first.Negotiation || x.State != deals.Drafting || x.DueOn.String() != "2027-01-04" || !x.DueAt.Equal(dealtest.EndOfDay(dealtest.CreatorZone, startOf("2027-01-04"), 0)) ||
			!second.AgreedAt.Equal(r.Clock.Now()) || second.Terms.FeeSum() != first.Terms.FeeSum() || second.Terms.Deliverables[0].DueOn != x.DueOn {
			t.Errorf("the second: %+v", second)
		}
		r.ForwardTo(startOf("2027-01-20"))
		got = r.cycles()
		c := r.Deal(got[1].Deal).Cycles
		if len(got) != 3 || c.State != deals.RepetitionDone || c.BeginsAt != nil || len(c.All()) != 3 || got[2].Due[0].String() != "2027-02-04" {
			t.Errorf("the third: %+v, %+v", got, c)
		}
		r.Clock.Advance(365 * dealtest.Day)
		if r.run() != 0 {
			t.Error("a fourth has begun")
		}
		n, err := r.Negotiations.Get(context.Background(), r.Brand, r.negotiation)
		r.Must(err)
		if n.Deal != got[2].Deal || !slices.Equal(n.Deals, []string{got[0].Deal, got[1].Deal, got[2].Deal}) || len(n.Offers) != 1 {
			t.Errorf("the negotiation: %v %v, %d offers", n.Deal, n.Deals, len(n.Offers))
		}
		page, err := r.Negotiations.List(context.Background(), r.Brand, negotiation.Filter{})
		if r.Must(err); len(page.Negotiations) != 1 {
			t.Errorf("the list has %d negotiations", len(page.Negotiations))
		}
		if again, err := r.Negotiations.Accept(context.Background(), r.Creator, r.negotiation, 1); err != nil || again != r.first {
			t.Errorf("a late second click on accepting leads to %q, %v", again, err)
		}
	})
}

// What was missed follows month by month, with days as late as the first of it is.
func TestMissedCyclesFollow(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		r := repeat(t, d, 6, 10)
		r.ForwardTo(startOf("2027-01-23").Add(5 * time.Hour)) // 34 days late
		if n := r.run(); n != 1 {
			t.Fatalf("%d have begun", n)
		}
		want := []string{"2026-11-20 2026-12-04", "2027-01-23 2027-02-07", "2027-02-23 2027-03-10", "2027-03-26 2027-04-07", "2027-04-23 2027-05-08", "2027-05-24 2027-06-07"}
		said := func() (all []string) {
			for _, c := range r.Deal(r.first).Cycles.All() {
				all = append(all, fmt.Sprint(c.Begins, " ", c.Due[0]))
			}
			return all
		}
		if got := said(); !slices.Equal(got, want) {
			t.Errorf("the page says %q", got)
		}
		for n, at := range []string{"2027-02-23", "2027-03-26", "2027-04-23", "2027-05-24"} {
			r.ForwardTo(startOf(at).Add(-time.Minute))
			early := r.run()
			r.Clock.Advance(time.Minute)
			if early != 0 || r.run() != 1 || len(r.Deal(r.first).Cycles.Begun) != n+3 {
				t.Errorf("on %s %d were early, and %d have begun", at, early, len(r.Deal(r.first).Cycles.Begun))
			}
		}
		if got := said(); !slices.Equal(got, want) {
			t.Errorf("they were %q", got)
		}
	})
}

func TestOfTwentyRunsOneBeginsTheCycle(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		r := repeat(t, d, 6, 10)
		r.ForwardTo(startOf("2027-01-20"))
		before := r.Events()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if _, err := r.Deals.BeginCycles(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := r.Count("SELECT count(*) FROM deals"); n != 2 || r.Count("SELECT count(*) FROM deliverables") != 2 || r.Events() != before+1 {
			t.Errorf("%d deals, %d deliverables, %d events", n, r.Count("SELECT count(*) FROM deliverables"), r.Events()-before)
		}
	})
}

func TestNoticeEndsTheRepetition(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		r := repeat(t, d, 6, 30)
		for _, stranger := range []models.Actor{r.OtherBrand, r.OtherStar, {PersonID: 77}} {
			dealtest.WantCode(t, r.notice(stranger, deals.RepetitionNotice{}), models.CodeNotFound)
		}
		dealtest.WantCode(t, r.Deals.GiveNotice(context.Background(), r.Brand, r.Agree(), deals.RepetitionNotice{LastCycle: 1}), models.CodeNotFound) // one that does not repeat
		r.ForwardTo(startOf("2026-12-21").Add(-13 * time.Hour))
		r.cycles()
		c := r.Deal(r.first).Cycles
		if last := c.LastAfterNotice(r.Clock.Now()); last != 2 || c.UntilOfNotice(r.Clock.Now()).String() != "2027-01-19" {
			t.Fatalf("the page says %d, %s", last, c.UntilOfNotice(r.Clock.Now()))
		}
		dealtest.WantCode(t, r.notice(r.Brand, deals.RepetitionNotice{Version: c.Version, LastCycle: 3}), models.CodeConflict) // the page was of another day
		before, jobs := r.Events(), r.Jobs("notifications.deliver")
		r.Clock.Advance(13 * time.Hour) // the notice then ends on the day of the third
		r.Must(r.giveNotice(r.Creator))
		if c = r.Deal(r.first).Cycles; c.State != deals.RepetitionNoticed || c.Last != 3 || c.NoticeBy != models.SideCreator || c.NoticeUntil.String() != "2027-01-20" || r.Events() != before+1 || r.Jobs("notifications.deliver") != jobs+1 {
			t.Fatalf("%+v, %d events", c, r.Events()-before)
		}
		dealtest.WantCode(t, r.giveNotice(r.Brand), models.CodeConflict)
		r.ForwardTo(startOf("2027-01-20"))
		if got := r.cycles(); len(got) != 3 {
			t.Fatalf("during the notice: %+v", got)
		}
		if c = r.Deal(r.first).Cycles; c.State != deals.RepetitionStopped || c.BeginsAt != nil || c.Last != 3 {
			t.Errorf("afterwards: %+v", c)
		}
		r.Clock.Advance(365 * dealtest.Day)
		if r.run() != 0 || r.Deal(r.first).State() != deals.DealProduction { // it was for the cycles to come alone
			t.Error("another has begun, or the first has ended")
		}
	})
}

func TestFiftyClicksAreOneNotice(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for _, days := range []int{0, 60} { // none begins any more; some do
			r := repeat(t, d, 6, days)
			c := r.Deal(r.first).Cycles
			f := deals.RepetitionNotice{Version: c.Version, LastCycle: c.LastAfterNotice(r.Clock.Now()), Reason: "We sell no oats any more."}
			before, jobs := r.Events(), r.Jobs("notifications.deliver")
			var wg sync.WaitGroup
			for range 50 {
				wg.Go(func() {
					if err := r.notice(r.Brand, f); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if r.Events() != before+1 || r.Jobs("notifications.deliver") != jobs+1 {
				t.Errorf("%d days: %d events, %d jobs", days, r.Events()-before, r.Jobs("notifications.deliver")-jobs)
			}
			r.Clock.Advance(dealtest.Day) // a click of yesterday is the same click
			r.Must(r.notice(r.Brand, f))
			f.Reason = "Another reason."
			dealtest.WantCode(t, r.notice(r.Brand, f), models.CodeConflict)
		}
	})
}

// A deal that ends early ends the repetition; one that was carried out does not.
func TestAnEarlyEndEndsTheRepetition(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		r := repeat(t, d, 6, 30)
		r.Carry(r.first, 1, deals.Completed)
		r.ForwardTo(startOf("2026-12-20"))
		got := r.cycles()
		if len(got) != 2 {
			t.Fatalf("after a completed one: %+v", got)
		}
		if n := len(r.Deal(got[1].Deal).Events); n != 3 { // the offer, its acceptance, its beginning
			t.Errorf("the second's history has %d lines", n)
		}
		if n := len(r.Deal(r.first).Events); n != 7 {
			t.Errorf("the first's history has %d lines", n)
		}
		r.Must(r.Deals.End(context.Background(), r.Creator, got[1].Deal, "I move abroad."))
		if c := r.Deal(r.first).Cycles; c.State != deals.RepetitionStopped || c.BeginsAt != nil {
			t.Errorf("%+v", c)
		}
		dealtest.WantCode(t, r.giveNotice(r.Brand), models.CodeConflict)
		r.Clock.Advance(90 * dealtest.Day)
		if r.run() != 0 || r.Deal(r.first).State() != deals.DealCompleted {
			t.Error("a third has begun")
		}
	})
}

// The cycles wait for the contract of the first, which covers all, and end with it.
func TestCyclesWaitForTheContract(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		agree := func() repeating {
			w := dealtest.New(t, d)
			w.Months = "3"
			first := w.AgreeWithContract()
			return repeating{w, w.Deal(first).Negotiation, first}
		}
		r := agree()
		r.Must(r.DB.Read(context.Background()).Exec("UPDATE repetitions SET begins_at = ?", r.Clock.Now()).Error)
		if r.run() != 0 || r.Count("SELECT count(*) FROM deals") != 1 {
			t.Fatal("it has begun before the contract was signed")
		}
		c := r.SignBoth(r.first)
		r.ForwardTo(startOf("2026-12-20"))
		got := r.cycles()
		if len(got) != 2 {
			t.Fatalf("signed: %+v", got)
		}
		if second := r.Deal(got[1].Deal); second.Deliverable(1).State != deals.Drafting || second.Contract == nil || second.Contract.ID != c.ID || deals.CanAskForContract(r.Brand, second) {
			t.Errorf("the second is under %+v", second.Contract)
		}
		r.Must(r.Deals.AskForContract(context.Background(), r.Brand, got[1].Deal))
		if n := r.Count("SELECT count(*) FROM contracts"); n != 1 {
			t.Errorf("%d contracts", n)
		}

		declined := agree()
		declined.SaveIdentities()
		document := declined.PrepareContract(declined.first)
		declined.Must(declined.Contracts.Decline(context.Background(), declined.Brand, document.PublicID, "Not like this."))
		if c := declined.Deal(declined.first).Cycles; c.State != deals.RepetitionStopped {
			t.Errorf("declined: %+v", c)
		}

		asked := repeat(t, d, 3, 0)
		asked.ForwardTo(startOf("2027-02-25"))
		second := asked.cycles()[1].Deal
		asked.Must(asked.Deals.AskForContract(context.Background(), asked.Creator, second))
		asked.Must(asked.Deals.AskForContract(context.Background(), asked.Brand, asked.first))
		if a, b := asked.Deal(asked.first).Contract, asked.Deal(second).Contract; a == nil || b == nil || a.ID != b.ID || a.Deal != asked.first {
			t.Errorf("asked for in the second: %+v, %+v", a, b)
		}
	})
}

// An amendment is of the cycle in which it was proposed: later ones begin with its terms, and
// none of them takes over days that were meant for an earlier one.
func TestAnAmendmentIsOfItsCycle(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		w.Months = "6"
		first := w.AgreeWithContract(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", Count: "1", DueOn: "2026-12-28"})
		r := repeating{w, w.Deal(first).Negotiation, first}
		r.SignBoth(first)
		r.ForwardTo(startOf("2026-12-15"))
		late := r.ProposeAmendment(r.Brand, first, func(f *negotiation.OfferForm) { f.Fee = "700" })
		r.Must(r.Sign(r.Brand, late))
		r.ForwardTo(startOf("2026-12-20"))
		second := r.cycles()[1]
		err := r.Sign(r.Creator, late)
		if dealtest.WantCode(t, err, models.CodeConflict); !strings.Contains(err.Error(), "contracts.gate.amendable") {
			t.Error(err)
		}
		if d := r.Deal(second.Deal); d.Deliverable(1).DueOn.String() != "2027-01-28" || d.Terms.Fee.Sum() == 70_000 {
			t.Errorf("it changed the second: %s, %d", d.Deliverable(1).DueOn, d.Terms.Fee.Sum())
		}
		r.Must(r.Contracts.Withdraw(context.Background(), r.Brand, late.PublicID))

		again := r.ProposeAmendment(r.Creator, second.Deal, func(f *negotiation.OfferForm) { f.Fee, f.Deliverables[0].DueOn = "700", "2027-01-30" })
		r.Must(r.Sign(r.Brand, again))
		r.Must(r.Sign(r.Creator, again))
		r.ForwardTo(startOf("2027-01-20"))
		all := r.cycles()
		if len(all) != 3 || all[0].Due[0].String() != "2026-12-28" || all[1].Due[0].String() != "2027-01-30" || all[2].Due[0].String() != "2027-02-28" {
			t.Errorf("the cycles: %+v", all)
		}
		for i, fee := range []int64{45_000, 70_000, 70_000} {
			if got := r.Deal(all[i].Deal).Terms.Fee.Sum(); got != fee {
				t.Errorf("cycle %d costs %d", i+1, got)
			}
		}
	})
}

// How often a deal repeats changes while it does, to at least one cycle more; a notice ends a
// repetition, and a new deal begins one.
func TestAnAmendmentOfARepetition(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		refused := func(w *dealtest.World, deal, months, notice, key string) {
			t.Helper()
			f := w.AmendingForm(deal)
			f.RepetitionMonths, f.NoticeDays = months, notice
			w.Forms++
			_, err := w.Negotiations.ProposeAmendment(context.Background(), w.Brand, w.Contract(deal).PublicID, f, fmt.Sprint("form", w.Forms))
			dealtest.WantCode(t, err, models.CodeInvalid)
			var e *models.Error
			if !errors.As(err, &e) {
				t.Fatal(err)
			}
			if told, _ := e.Fields.Get("repetition_months"); told.Key != key {
				t.Errorf("%s months: %+v", months, e.Fields)
			}
		}
		one := dealtest.New(t, d)
		once := one.AgreeWithContract()
		one.SignBoth(once)
		refused(one, once, "3", "10", "terms.amend.repetition")

		w := dealtest.New(t, d)
		w.Months = "4"
		first := w.AgreeWithContract()
		r := repeating{w, w.Deal(first).Negotiation, first}
		r.SignBoth(first)
		r.ForwardTo(startOf("2026-12-20"))
		second := r.cycles()[1].Deal
		refused(w, second, "", "", "terms.amend.repetition_short")
		refused(w, second, "2", "10", "terms.amend.repetition_short")
		shorter := r.ProposeAmendment(r.Brand, second, func(f *negotiation.OfferForm) { f.RepetitionMonths = "3" })
		r.Must(r.Sign(r.Brand, shorter))
		r.Must(r.Sign(r.Creator, shorter))
		if c := r.Deal(second).Cycles; c.Last != 3 || c.State != deals.RepetitionRunning || c.BeginsAt == nil {
			t.Errorf("shorter: %+v", c)
		}
		longer := r.ProposeAmendment(r.Brand, second, func(f *negotiation.OfferForm) { f.RepetitionMonths = "6" })
		r.Must(r.Sign(r.Brand, longer))
		r.Must(r.giveNotice(r.Creator))
		err := r.Sign(r.Creator, longer)
		if dealtest.WantCode(t, err, models.CodeConflict); !strings.Contains(err.Error(), "contracts.gate.amendable") {
			t.Error(err)
		}
		r.Must(r.Contracts.Withdraw(context.Background(), r.Brand, longer.PublicID))
		refused(w, second, "6", "", "terms.amend.repetition")
		form := r.AmendingForm(second)
		form.CommissionShare, form.Fee, form.Objective = "", "400", "awareness"
		r.Must(r.DB.Read(context.Background()).Exec("UPDATE creators SET country = 'FR' WHERE id = ?", r.Creator.CreatorID).Error)
		r.Must(r.DB.Read(context.Background()).Exec("DELETE FROM contract_identities WHERE creator_id = ?", r.Creator.CreatorID).Error)
		p, err := r.Negotiations.PreviewAmendment(context.Background(), r.Brand, r.Contract(second).PublicID, form)
		if r.Must(err); p.Before.Deliverables[0].DueOn != p.Terms.Deliverables[0].DueOn || len(p.Before.Differences(p.Terms)) != 3 {
			t.Errorf("the look compares %v with %v", p.Before.Deliverables, p.Terms.Deliverables)
		}
	})
}

// The contract is that of all cycles: what is still to be signed ends with the latest of them.
func TestWhatIsUnsignedEndsWithTheLatestCycle(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		w.Months = "6"
		first := w.AgreeWithContract()
		r := repeating{w, w.Deal(first).Negotiation, first}
		r.SignBoth(first)
		r.ForwardTo(startOf("2026-12-20"))
		second := r.cycles()[1].Deal
		if deals.CanAmend(r.Brand, r.Deal(first)) || !deals.CanAmend(r.Brand, r.Deal(second)) {
			t.Error("an amendment is not of the latest cycle")
		}
		open := r.ProposeAmendment(r.Creator, second, func(f *negotiation.OfferForm) { f.Fee = "700" })
		r.Must(r.Deals.End(context.Background(), r.Brand, first, "The first shop has closed."))
		if c := r.Amendment(second); c.PublicID != open.PublicID || !c.State.IsOpen() {
			t.Errorf("after the end of the first: %+v", c)
		}
		r.Must(r.Deals.End(context.Background(), r.Brand, second, "The second shop has closed."))
		if d := r.Deal(second); d.Amendment != nil {
			t.Errorf("after the end of the second: %+v", d.Amendment)
		}

		asked := repeat(t, d, 3, 0)
		asked.ForwardTo(startOf("2026-12-20"))
		later := asked.cycles()[1].Deal
		asked.SaveIdentities()
		asked.Must(asked.Deals.AskForContract(context.Background(), asked.Brand, later))
		c := asked.PrepareContract(later)
		asked.Must(asked.Deals.End(context.Background(), asked.Brand, later, "We have closed."))
		dealtest.WantCode(t, asked.Sign(asked.Creator, c), models.CodeConflict)
	})
}

// Nothing begins for a side that cannot act; with one that is gone the repetition ends.
func TestCyclesOfSidesThatAreAway(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct{ away, back, gone string }{
			{"UPDATE brands SET suspended_at = @now WHERE id = @brand", "UPDATE brands SET suspended_at = NULL WHERE id = @brand", "UPDATE brands SET erased_at = @now WHERE id = @brand"},
			{"UPDATE people SET suspended_at = @now WHERE id = @person", "UPDATE people SET suspended_at = NULL WHERE id = @person", "UPDATE people SET erased_at = @now WHERE id = @person"},
		} {
			r := repeat(t, d, 6, 30)
			exec := func(statement string) {
				r.Must(r.DB.Read(context.Background()).Exec(statement, map[string]any{"now": r.Clock.Now(), "brand": r.Brand.BrandID, "person": r.Creator.PersonID}).Error)
			}
			exec(c.away)
			r.ForwardTo(startOf("2026-12-30"))
			if r.run() != 0 {
				t.Fatal("it has begun for a side that is away")
			}
			exec(c.back)
			if got := r.cycles(); len(got) != 2 || r.Deal(got[1].Deal).Deliverable(1).DueOn.String() != "2027-01-14" { // ten days later
				t.Errorf("%s: %+v", c.back, got)
			}
			exec(c.gone)
			r.ForwardTo(startOf("2027-01-30"))
			jobs := r.Jobs("notifications.deliver")
			if n := r.run(); n != 0 || r.Count("SELECT count(*) FROM repetitions WHERE state = 'stopped' AND begins_at IS NULL") == 0 || r.Jobs("notifications.deliver") != jobs+1 {
				t.Errorf("%s: %d have begun", c.gone, n)
			}
		}
	})
}
