package deals_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
)

func TestRowsAreTheMigrationsColumns(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) { testkit.CheckSameColumns(t, d, deals.Rows()...) })
}

// The deadlines passed while nothing ran: a service that starts again catches
// up at once, on however many nodes, and does everything once.
func TestTheSweepSurvivesARestartAndRunsOnTwoNodes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		var proposals, reviews []string
		for range 5 {
			proposals, reviews = append(proposals, w.propose()), append(reviews, w.bring(deals.Review))
		}
		drafting := w.bring(deals.Drafting)
		w.clock.Advance(60 * day)
		before := w.events()
		nodes := make([]*run.Engine, 4)
		counts := make([]int, len(nodes))
		var wg sync.WaitGroup
		for i := range nodes {
			_, nodes[i] = newStore(t, d, w.clock)
			wg.Go(func() {
				n, err := nodes[i].Sweep(ctx)
				if err != nil {
					t.Error(err)
				}
				counts[i] = n
			})
		}
		wg.Wait()
		total := 0
		for _, n := range counts {
			total += n
		}
		if total != 11 || w.events() != before+10 { // and the notice that the draft is late
			t.Errorf("%v swept, %d events", counts, w.events()-before)
		}
		for i := range proposals {
			if w.proposalState(proposals[i]) != deals.Expired || w.state(reviews[i], 1) != deals.Approved {
				t.Errorf("%s, %s", w.proposalState(proposals[i]), w.state(reviews[i], 1))
			}
		}
		if w.state(drafting, 1) != deals.Drafting {
			t.Error("a late draft ended by itself")
		}
		// What the system did counts from when it did it: nobody is late for the outage.
		if x := w.deal(reviews[0]).Deliverable(1); x.Late(w.clock.Now()) || !x.DueNow().Equal(endOfDay(creatorZone, w.clock.Now(), 2)) {
			t.Errorf("%+v", x)
		}
		if n := w.sweep(); n != 0 {
			t.Errorf("%d swept again", n)
		}
		stopped, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := w.engine.Sweep(stopped); err == nil {
			t.Error("a sweep that was stopped says nothing")
		}
	})
}

func (w *world) reminders() []run.RemindArgs {
	w.t.Helper()
	var raw []string
	w.must(w.db.Read(context.Background()).Raw("SELECT args FROM river_job WHERE kind = 'workflow.remind' ORDER BY id").Scan(&raw).Error)
	args := make([]run.RemindArgs, len(raw))
	for i := range raw {
		w.must(json.Unmarshal([]byte(raw[i]), &args[i]))
	}
	return args
}

func TestReminders(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		proposal, deal := w.propose(), w.bring(deals.Drafting)
		prompt := w.bring(deals.Drafting)
		remind := func(n int) (deals.Announcement, bool) {
			t.Helper()
			all := w.reminders()
			if len(all) != n {
				t.Fatalf("%d reminders, wanted %d", len(all), n)
			}
			a, ok, err := w.store.Reminder(ctx, all[n-1])
			w.must(err)
			return a, ok
		}
		w.forwardTo(endOfDay(creatorZone, testkit.ClockStart, 6).Add(-time.Second))
		if w.sweep(); w.jobs("workflow.remind") != 0 {
			t.Error("reminded too early")
		}
		w.forwardTo(endOfDay(creatorZone, testkit.ClockStart, 6))
		w.sweep()
		w.sweep()
		a, ok := remind(1)
		if !ok || a.Notice != deals.Reminder || a.Proposal != proposal || a.Deal != "" || len(a.To) != 1 || a.To[0].Side != models.SideCreator ||
			a.To[0].Locale != "fr" || a.Waits != models.SideCreator || a.OtherwiseKey != "deals.otherwise.open" || !a.Deadline.Equal(endOfDay(creatorZone, testkit.ClockStart, 7)) {
			t.Errorf("%v %+v", ok, a)
		}
		w.must(w.store.Decline(ctx, w.creator, proposal, "No time"))
		if _, ok := remind(1); ok {
			t.Error("reminds of what is done")
		}

		due := w.deal(deal).Deliverable(1).DueAt
		w.forwardTo(due.Add(-day))
		w.sweep()
		if a, ok = remind(3); !ok || a.Deal != prompt {
			t.Errorf("%v %+v", ok, a)
		}
		w.must(w.submitDraft(w.creator, deals.Ref{Deal: prompt, Number: 1}, "", "Early"))
		if _, ok = remind(3); ok {
			t.Error("reminds of a draft that has come")
		}
		w.must(w.store.End(ctx, w.brand, prompt, "Sold out"))
		a, ok, err := w.store.Reminder(ctx, w.reminders()[1])
		w.must(err)
		if !ok || a.Notice != deals.Reminder || a.Deal != deal || a.Item.Number != 1 || len(a.To) != 1 || a.To[0].PersonID != w.creator.PersonID ||
			!a.Due.Equal(due) || !a.Deadline.Equal(due.Add(3*day)) || a.State != string(deals.Drafting) || a.DealState != deals.DealProduction {
			t.Errorf("%v %+v", ok, a)
		}
		early := w.reminders()[1]
		w.forwardTo(due.Add(3 * day))
		w.sweep()
		w.sweep()
		a, ok = remind(4)
		if !ok || a.Notice != deals.NowLate || len(a.To) != 2 || a.To[0].Side != models.SideBrand || a.To[1].Side != models.SideCreator {
			t.Errorf("%v %+v", ok, a)
		}
		if _, ok, _ := w.store.Reminder(ctx, early); ok {
			t.Error("the first reminder is sent after the deadline")
		}
		w.must(w.submitDraft(w.creator, deals.Ref{Deal: deal, Number: 1}, "", "Here it is"))
		if _, ok := remind(4); ok {
			t.Error("says late of what has come")
		}
		_, _, err = w.store.Reminder(ctx, run.RemindArgs{Subject: "deliverable", SubjectID: 1 << 40})
		wantCode(t, err, models.CodeNotFound)
	})
}

// What is due within a day is not reminded of a minute after it was told.
func TestNoReminderRightAfterTheNews(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.propose(deals.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: "2026-11-20"})
	w.clock.Advance(time.Hour)
	if n := w.sweep(); n != 0 {
		t.Errorf("%d", n)
	}
}

func TestWhatWaitsForMe(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		proposal := w.propose()
		at := map[deals.State]string{}
		for _, s := range deals.DeliverableTable.States() {
			if s != deals.Claimed {
				at[s] = w.bring(s)
			}
		}
		waits := func(a models.Actor) map[string]deals.Wait {
			t.Helper()
			board, err := w.store.Board(ctx, a, w.clock.Now(), 5)
			w.must(err)
			list := board.Waiting
			n, err := w.store.WaitingCount(ctx, a, w.clock.Now())
			w.must(err)
			if n != len(list) {
				t.Errorf("%d counted, %d listed", n, len(list))
			}
			by := map[string]deals.Wait{}
			for i, x := range list {
				by[x.Deal+x.Proposal] = x
				if i > 0 && x.Due.Before(list[i-1].Due) {
					t.Error("not by urgency")
				}
			}
			return by
		}
		mine := waits(w.creator)
		if len(mine) != 5 || mine[proposal].Todo != "deals.todo.open" || mine[at[deals.Objected]].State != deals.Objected || mine[proposal].With.Name != "Example Oats" {
			t.Errorf("%+v", mine)
		}
		draft := mine[at[deals.Drafting]]
		if draft.Todo != "deals.todo.drafting" || draft.Otherwise != "deals.otherwise.drafting" || draft.MayEnd || draft.Overdue ||
			!draft.Deadline.Equal(draft.Due.Add(3*day)) || draft.Item.Number != 1 || draft.Product != "Oat box" {
			t.Errorf("%+v", draft)
		}
		theirs := waits(w.brand)
		if len(theirs) != 2 || theirs[at[deals.Review]].With.Handle != w.star || theirs[at[deals.Published]].Todo != "deals.todo.published" {
			t.Errorf("%+v", theirs)
		}
		if len(waits(w.otherBrand)) != 0 || len(waits(w.otherStar)) != 0 {
			t.Error("a stranger's")
		}
		w.clock.Advance(60 * day) // and no sweep has come
		theirs = waits(w.brand)
		if late := theirs[at[deals.Drafting]]; len(theirs) != 4 || !late.MayEnd || late.Todo != "deals.todo.late" || !late.Overdue {
			t.Errorf("%+v", theirs)
		}
		if mine = waits(w.creator); len(mine) != 4 || !mine[at[deals.Approved]].Overdue {
			t.Errorf("%+v", mine)
		}
		_, err := w.store.Board(ctx, models.Actor{}, w.clock.Now(), 5)
		wantCode(t, err, models.CodeSignIn)
		if n, err := w.store.WaitingCount(ctx, models.Actor{}, w.clock.Now()); n != 0 || err != nil {
			t.Error(n, err)
		}
		if n, err := w.store.WaitingCount(ctx, models.Actor{PersonID: 5}, w.clock.Now()); n != 0 || err != nil {
			t.Error(n, err)
		}
	})
}

func TestAnnouncements(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		last := func() deals.Announcement {
			t.Helper()
			a, err := w.store.Announcement(ctx, int64(w.count("SELECT max(id) FROM workflow_events")))
			w.must(err)
			return a
		}
		proposal := w.propose()
		a := last()
		if a.Notice != deals.Happened || a.Event.Key() != "deals.event.propose.brand" || len(a.To) != 1 || a.To[0].Side != models.SideCreator || a.To[0].Email != w.star+"@mail.example" ||
			a.Waits != models.SideCreator || a.Deal != "" || a.Terms.Product != "Oat box" || len(a.Items) != 1 || a.Message == "" || a.StateKey != "deals.proposal_state.open" {
			t.Errorf("%+v", a)
		}
		deal, err := w.store.Accept(ctx, w.creator, proposal)
		w.must(err)
		if a = last(); a.Deal != deal || a.Waits != "" || len(a.To) != 1 || a.To[0].Side != models.SideBrand || a.To[0].Locale != "nl" || a.DealState != deals.DealProduction {
			t.Errorf("%+v", a)
		}
		ref := deals.Ref{Deal: deal, Number: 1}
		w.must(w.submitDraft(w.creator, ref, "https://drive.example/1", "First cut"))
		draft := last()
		if draft.Event.Note != "First cut" || draft.Event.Number != 1 || draft.Waits != models.SideBrand || draft.OtherwiseKey != "deals.otherwise.review" ||
			!draft.Deadline.Equal(endOfDay(brandZone, w.clock.Now(), 5)) || draft.StateKey != "deals.state.review" {
			t.Errorf("%+v", draft)
		}
		id := draft.Event.ID
		w.forwardTo(endOfDay(brandZone, w.clock.Now(), 5))
		w.sweep()
		if a = last(); a.Event.Side != models.SideSystem || len(a.To) != 2 || a.Waits != models.SideCreator {
			t.Errorf("%+v", a)
		}
		if a, err = w.store.Announcement(ctx, id); err != nil || a.Waits != "" || a.OtherwiseKey != "" {
			t.Errorf("a late mail tells a deadline that is over: %+v %v", a, err)
		}
		w.must(w.db.Read(ctx).Exec("UPDATE people SET email_confirmed_at = NULL WHERE id = ?", w.creator.PersonID).Error)
		w.must(w.store.End(ctx, w.brand, deal, "Sold out"))
		if a = last(); len(a.To) != 1 || a.To[0].Email != "" || a.DealState != deals.DealEnded || a.StateKey != "deals.deal_state.ended" || a.Event.Note != "Sold out" {
			t.Errorf("%+v", a)
		}
		_, err = w.store.Announcement(ctx, 1<<40)
		wantCode(t, err, models.CodeNotFound)
		told := w.jobs("notifications.deliver")
		for _, subject := range []string{deals.DeliverableTable.Subject, deals.ProposalTable.Subject} {
			w.must(w.store.PublishReminder(ctx, run.RemindArgs{Subject: subject, SubjectID: 1 << 40, Version: 1}))
		}
		if n := w.jobs("notifications.deliver"); n != told {
			t.Errorf("%d are told of what is gone", n-told)
		}
	})
}

// An announcement says of which draft it is, however late it is told.
func TestAnAnnouncementKnowsItsDraft(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), newWorld(t, d)
		ref := deals.Ref{Deal: w.agree(), Number: 1}
		latest := func() int64 { return int64(w.count("SELECT max(id) FROM workflow_events")) }
		want := map[int64]int{}
		for n := 1; n <= 2; n++ {
			w.must(w.submitDraft(w.creator, ref, "https://drive.example/draft", fmt.Sprint("Cut ", n)))
			want[latest()] = n
			w.must(w.requestChanges(w.brand, ref, fmt.Sprint("Shorter ", n)))
			want[latest()] = n
		}
		w.must(w.submitDraft(w.creator, ref, "https://drive.example/draft", "Cut 3"))
		want[latest()] = 3
		w.must(w.approve(w.brand, ref))
		want[latest()] = 3
		for id, n := range want {
			if a, err := w.store.Announcement(ctx, id); err != nil || a.Draft != n {
				t.Errorf("%s is of draft %d, wanted %d, %v", a.Event.Action, a.Draft, n, err)
			}
		}
	})
}
