package deals_test

import (
	"context"
	"encoding/json"
	"fmt"
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
		ctx, w := context.Background(), dealtest.New(t, d)
		var proposals, reviews []string
		for range 5 {
			proposals, reviews = append(proposals, w.Propose()), append(reviews, w.Bring(deals.Review))
		}
		drafting := w.Bring(deals.Drafting)
		w.Clock.Advance(60 * dealtest.Day)
		before := w.Events()
		nodes := make([]*run.Engine, 4)
		counts := make([]int, len(nodes))
		var wg sync.WaitGroup
		for i := range nodes {
			_, _, nodes[i] = dealtest.NewStores(t, d, w.Clock)
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
		if total != 11 || w.Events() != before+10 { // and the notice that the draft is late
			t.Errorf("%v swept, %d events", counts, w.Events()-before)
		}
		for i := range proposals {
			if w.NegotiationState(proposals[i]) != negotiation.Expired || w.State(reviews[i], 1) != deals.Approved {
				t.Errorf("%s, %s", w.NegotiationState(proposals[i]), w.State(reviews[i], 1))
			}
		}
		if w.State(drafting, 1) != deals.Drafting {
			t.Error("a late draft ended by itself")
		}
		// What the system did counts from when it did it: nobody is late for the outage.
		if x := w.Deal(reviews[0]).Deliverable(1); x.Late(w.Clock.Now()) || !x.DueNow().Equal(dealtest.EndOfDay(dealtest.CreatorZone, w.Clock.Now(), 2)) {
			t.Errorf("%+v", x)
		}
		if n := w.Sweep(); n != 0 {
			t.Errorf("%d swept again", n)
		}
		stopped, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := w.Engine.Sweep(stopped); err == nil {
			t.Error("a sweep that was stopped says nothing")
		}
	})
}

func reminders(w *dealtest.World) []run.RemindArgs {
	w.T.Helper()
	var raw []string
	w.Must(w.DB.Read(context.Background()).Raw("SELECT args FROM river_job WHERE kind = 'workflow.remind' ORDER BY id").Scan(&raw).Error)
	args := make([]run.RemindArgs, len(raw))
	for i := range raw {
		w.Must(json.Unmarshal([]byte(raw[i]), &args[i]))
	}
	return args
}

func TestReminders(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		proposal, deal := w.Propose(), w.Bring(deals.Drafting)
		prompt := w.Bring(deals.Drafting)
		remind := func(n int) (deals.Announcement, bool) {
			t.Helper()
			all := reminders(w)
			if len(all) != n {
				t.Fatalf("%d reminders, wanted %d", len(all), n)
			}
			a, ok, err := w.Deals.Reminder(ctx, all[n-1])
			w.Must(err)
			return a, ok
		}
		w.ForwardTo(dealtest.EndOfDay(dealtest.CreatorZone, testkit.ClockStart, 6).Add(-time.Second))
		if w.Sweep(); w.Jobs("workflow.remind") != 0 {
			t.Error("reminded too early")
		}
		w.ForwardTo(dealtest.EndOfDay(dealtest.CreatorZone, testkit.ClockStart, 6))
		w.Sweep()
		w.Sweep()
		offered, ok, err := w.Negotiations.Reminder(ctx, reminders(w)[0])
		w.Must(err)
		if !ok || offered.Notice != deals.Reminder || offered.Negotiation.PublicID != proposal || len(offered.To) != 1 || offered.To[0].Side != models.SideCreator ||
			offered.To[0].Locale != "fr" || offered.Waits() != models.SideCreator || !offered.Deadline().Equal(dealtest.EndOfDay(dealtest.CreatorZone, testkit.ClockStart, 7)) {
			t.Errorf("%v %+v", ok, offered)
		}
		w.Must(w.Negotiations.Decline(ctx, w.Creator, proposal, 1, "No time"))
		if _, ok, err := w.Negotiations.Reminder(ctx, reminders(w)[0]); ok || err != nil {
			t.Error("reminds of what is done", err)
		}
		var a deals.Announcement

		due := w.Deal(deal).Deliverable(1).DueAt
		w.ForwardTo(due.Add(-dealtest.Day))
		w.Sweep()
		if a, ok = remind(3); !ok || a.Deal != prompt {
			t.Errorf("%v %+v", ok, a)
		}
		w.Must(w.SubmitDraft(w.Creator, deals.Ref{Deal: prompt, Number: 1}, "", "Early"))
		if _, ok = remind(3); ok {
			t.Error("reminds of a draft that has come")
		}
		w.Must(w.Deals.End(ctx, w.Brand, prompt, "Sold out"))
		a, ok, err = w.Deals.Reminder(ctx, reminders(w)[1])
		w.Must(err)
		if !ok || a.Notice != deals.Reminder || a.Deal != deal || a.Item.Number != 1 || len(a.To) != 1 || a.To[0].PersonID != w.Creator.PersonID ||
			!a.Due.Equal(due) || !a.Deadline.Equal(due.Add(3*dealtest.Day)) || a.State != string(deals.Drafting) || a.DealState != deals.DealProduction {
			t.Errorf("%v %+v", ok, a)
		}
		early := reminders(w)[1]
		w.ForwardTo(due.Add(3 * dealtest.Day))
		w.Sweep()
		w.Sweep()
		a, ok = remind(4)
		if !ok || a.Notice != deals.NowLate || len(a.To) != 2 || a.To[0].Side != models.SideBrand || a.To[1].Side != models.SideCreator {
			t.Errorf("%v %+v", ok, a)
		}
		if _, ok, _ := w.Deals.Reminder(ctx, early); ok {
			t.Error("the first reminder is sent after the deadline")
		}
		w.Must(w.SubmitDraft(w.Creator, deals.Ref{Deal: deal, Number: 1}, "", "Here it is"))
		if _, ok := remind(4); ok {
			t.Error("says late of what has come")
		}
		_, _, err = w.Deals.Reminder(ctx, run.RemindArgs{Subject: "deliverable", SubjectID: 1 << 40})
		dealtest.WantCode(t, err, models.CodeNotFound)
	})
}

// What is due within a day is not reminded of a minute after it was told.
func TestNoReminderRightAfterTheNews(t *testing.T) {
	t.Parallel()
	w := dealtest.New(t, testkit.NewSQLite(t))
	w.Propose(terms.DeliverableForm{ContentType: "review", Format: "video", Platform: "tiktok", DueOn: "2026-11-20"})
	w.Clock.Advance(time.Hour)
	if n := w.Sweep(); n != 0 {
		t.Errorf("%d", n)
	}
}

func TestWhatWaitsForMe(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		proposal := w.Propose()
		at := map[deals.State]string{}
		for _, s := range deals.DeliverableTable.States() {
			if s != deals.Claimed {
				at[s] = w.Bring(s)
			}
		}
		waits := func(a models.Actor) map[string]deals.Wait {
			t.Helper()
			board, err := w.Negotiations.Board(ctx, a, w.Clock.Now(), 5)
			w.Must(err)
			list := board.Waiting
			n, err := w.Negotiations.WaitingCount(ctx, a, w.Clock.Now())
			w.Must(err)
			if n != len(list) {
				t.Errorf("%d counted, %d listed", n, len(list))
			}
			by := map[string]deals.Wait{}
			for i, x := range list {
				by[x.Deal+x.Negotiation] = x
				if i > 0 && x.Due.Before(list[i-1].Due) {
					t.Error("not by urgency")
				}
			}
			return by
		}
		mine := waits(w.Creator)
		if len(mine) != 6 || mine[at[deals.Waiting]].Todo != "contracts.todo.preparing" || mine[proposal].Todo != "negotiation.todo.with_creator" || mine[at[deals.Objected]].State != deals.Objected || mine[proposal].With.Name != "Example Oats" {
			t.Errorf("%+v", mine)
		}
		draft := mine[at[deals.Drafting]]
		if draft.Todo != "deals.todo.drafting" || draft.Otherwise != "deals.otherwise.drafting" || draft.MayEnd || draft.Overdue ||
			!draft.Deadline.Equal(draft.Due.Add(3*dealtest.Day)) || draft.Item.Number != 1 || draft.Product != "Oat box" {
			t.Errorf("%+v", draft)
		}
		theirs := waits(w.Brand)
		if len(theirs) != 3 || theirs[at[deals.Waiting]].Contract == "" || theirs[at[deals.Review]].With.Handle != w.Star || theirs[at[deals.Published]].Todo != "deals.todo.published" {
			t.Errorf("%+v", theirs)
		}
		if len(waits(w.OtherBrand)) != 0 || len(waits(w.OtherStar)) != 0 {
			t.Error("a stranger's")
		}
		w.Clock.Advance(60 * dealtest.Day) // and no sweep has come
		theirs = waits(w.Brand)
		if late := theirs[at[deals.Drafting]]; len(theirs) != 4 || !late.MayEnd || late.Todo != "deals.todo.late" || !late.Overdue {
			t.Errorf("%+v", theirs)
		}
		if mine = waits(w.Creator); len(mine) != 4 || !mine[at[deals.Approved]].Overdue {
			t.Errorf("%+v", mine)
		}
		_, err := w.Negotiations.Board(ctx, models.Actor{}, w.Clock.Now(), 5)
		dealtest.WantCode(t, err, models.CodeSignIn)
		if n, err := w.Negotiations.WaitingCount(ctx, models.Actor{}, w.Clock.Now()); n != 0 || err != nil {
			t.Error(n, err)
		}
		if n, err := w.Negotiations.WaitingCount(ctx, models.Actor{PersonID: 5}, w.Clock.Now()); n != 0 || err != nil {
			t.Error(n, err)
		}
	})
}

func TestAnnouncements(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		last := func() deals.Announcement {
			t.Helper()
			a, err := w.Deals.Announcement(ctx, int64(w.Count("SELECT max(id) FROM workflow_events")))
			w.Must(err)
			return a
		}
		offered := func() negotiation.Announcement {
			t.Helper()
			a, err := w.Negotiations.Announcement(ctx, int64(w.Count("SELECT max(id) FROM workflow_events")))
			w.Must(err)
			return a
		}
		proposal := w.Propose()
		o := offered()
		if o.Notice != deals.Happened || o.Event.Key() != "negotiation.event.propose.brand" || len(o.To) != 1 || o.To[0].Side != models.SideCreator || o.To[0].Email != w.Star+"@mail.example" ||
			o.Waits() != models.SideCreator || o.Negotiation.Deal != "" || o.Negotiation.Latest.Terms.Product != "Oat box" || len(o.Negotiation.Items()) != 1 || o.Negotiation.Latest.Message == "" {
			t.Errorf("%+v", o)
		}
		deal, err := w.Negotiations.Accept(ctx, w.Creator, proposal, 1)
		w.Must(err)
		if o = offered(); o.Negotiation.Deal != deal || o.Waits() != "" || len(o.To) != 1 || o.To[0].Side != models.SideBrand || o.To[0].Locale != "nl" {
			t.Errorf("%+v", o)
		}
		var a deals.Announcement
		ref := deals.Ref{Deal: deal, Number: 1}
		w.Must(w.SubmitDraft(w.Creator, ref, "https://drive.example/1", "First cut"))
		draft := last()
		if draft.Event.Note != "First cut" || draft.Event.Number != 1 || draft.Waits != models.SideBrand || draft.OtherwiseKey != "deals.otherwise.review" ||
			!draft.Deadline.Equal(dealtest.EndOfDay(dealtest.BrandZone, w.Clock.Now(), 5)) || draft.StateKey != "deals.state.review" {
			t.Errorf("%+v", draft)
		}
		id := draft.Event.ID
		w.ForwardTo(dealtest.EndOfDay(dealtest.BrandZone, w.Clock.Now(), 5))
		w.Sweep()
		if a = last(); a.Event.Side != models.SideSystem || len(a.To) != 2 || a.Waits != models.SideCreator {
			t.Errorf("%+v", a)
		}
		if a, err = w.Deals.Announcement(ctx, id); err != nil || a.Waits != "" || a.OtherwiseKey != "" {
			t.Errorf("a late mail tells a deadline that is over: %+v %v", a, err)
		}
		w.Must(w.DB.Read(ctx).Exec("UPDATE people SET email_confirmed_at = NULL WHERE id = ?", w.Creator.PersonID).Error)
		w.Must(w.Deals.End(ctx, w.Brand, deal, "Sold out"))
		if a = last(); len(a.To) != 1 || a.To[0].Email != "" || a.DealState != deals.DealEnded || a.StateKey != "deals.deal_state.ended" || a.Event.Note != "Sold out" {
			t.Errorf("%+v", a)
		}
		_, err = w.Deals.Announcement(ctx, 1<<40)
		dealtest.WantCode(t, err, models.CodeNotFound)
		told := w.Jobs("notifications.deliver")
		for _, subject := range []string{deals.DeliverableTable.Subject, negotiation.Table.Subject} {
			w.Must(w.Negotiations.PublishReminder(ctx, run.RemindArgs{Subject: subject, SubjectID: 1 << 40, Version: 1}))
		}
		if n := w.Jobs("notifications.deliver"); n != told {
			t.Errorf("%d are told of what is gone", n-told)
		}
	})
}

// An announcement says of which draft it is, however late it is told.
func TestAnAnnouncementKnowsItsDraft(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		ref := deals.Ref{Deal: w.Agree(), Number: 1}
		latest := func() int64 { return int64(w.Count("SELECT max(id) FROM workflow_events")) }
		want := map[int64]int{}
		for n := 1; n <= 2; n++ {
			w.Must(w.SubmitDraft(w.Creator, ref, "https://drive.example/draft", fmt.Sprint("Cut ", n)))
			want[latest()] = n
			w.Must(w.RequestChanges(w.Brand, ref, fmt.Sprint("Shorter ", n)))
			want[latest()] = n
		}
		w.Must(w.SubmitDraft(w.Creator, ref, "https://drive.example/draft", "Cut 3"))
		want[latest()] = 3
		w.Must(w.Approve(w.Brand, ref))
		want[latest()] = 3
		for id, n := range want {
			if a, err := w.Deals.Announcement(ctx, id); err != nil || a.Draft != n {
				t.Errorf("%s is of draft %d, wanted %d, %v", a.Event.Action, a.Draft, n, err)
			}
		}
	})
}
