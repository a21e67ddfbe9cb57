package run_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

var ctx = context.Background()

// errand is a subject of the tests' own, kept in a table of its own.
type errand string

const (
	waiting errand = "waiting"
	running errand = "running"
	done    errand = "done"

	ship workflow.Effect = "ship"
)

const packed workflow.Gate = "packed"

var zone = models.Zone("America/New_York")

func errandTable() *workflow.Table[errand] {
	brand, creator := []models.Side{models.SideBrand}, []models.Side{models.SideCreator}
	return &workflow.Table[errand]{
		Subject: "errand", Texts: "errands", RemindBefore: []int{3, 1}, Effects: []workflow.Effect{workflow.Notify},
		Rules: []workflow.Rule[errand]{
			{State: waiting, Waits: models.SideBrand, Deadline: workflow.Deadline{From: workflow.EntryDay, Days: 5}, AtDeadline: "start"},
			{State: running, Waits: models.SideCreator, Deadline: workflow.Deadline{From: workflow.EntryDay, Days: 2, Grace: 1}},
			{State: done},
		},
		Begin: []workflow.Transition[errand]{{Action: "ask", By: creator, To: waiting}},
		Transitions: []workflow.Transition[errand]{
			{From: waiting, Action: "start", By: brand, Gates: []workflow.Gate{packed}, To: running, Effects: []workflow.Effect{ship}},
			{From: waiting, Action: "start", By: []models.Side{models.SideSystem}, If: workflow.Late, To: running},
			{From: running, Action: "finish", By: creator, To: done},
			{From: running, Action: "give_up", By: brand, If: workflow.Late, To: done},
		},
	}
}

type row struct {
	ID         int64
	State      errand
	Version    int
	EnteredAt  time.Time
	DeadlineAt *time.Time
	RemindAt   *time.Time
}

func (row) TableName() string { return "errands" }

// office is an engine with errands.
type office struct {
	*testing.T
	db     *db.DB
	clock  *testkit.Clock
	engine *run.Engine
	kind   *run.Kind[errand]
	open   bool // the gate
	ships  int
}

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	o := &office{T: t, db: d, clock: testkit.NewClock(), open: true}
	o.must(d.Read(ctx).Exec("CREATE TABLE errands (id INTEGER PRIMARY KEY, state TEXT, version INTEGER, entered_at " + timestamp(d) + ", deadline_at " + timestamp(d) + ", remind_at " + timestamp(d) + ")").Error)
	o.engine = run.NewEngine(d, o.clock.Now)
	o.engine.AnswerEffect(workflow.Notify, func(w *run.Work, events []run.Event) error {
		for _, e := range events {
			if err := w.Enqueue(run.NoticeArgs{EventID: e.ID}, nil); err != nil {
				return err
			}
		}
		return nil
	})
	o.engine.AnswerEffect(ship, func(_ *run.Work, events []run.Event) error { o.ships += len(events); return nil })
	o.engine.AnswerGate(packed, func(*run.Work, run.Ref) (bool, error) { return o.open, nil })
	o.kind = &run.Kind[errand]{
		Table: errandTable(), Rows: "errands", Deadline: "deadline_at",
		Lock: func(w *run.Work, id int64) (run.Subject[errand], error) {
			var r row
			err := w.Take(&r, id).Error
			return run.Subject[errand]{ID: r.ID, Root: run.Ref{Kind: "errand", ID: r.ID}, State: r.State, Version: r.Version, Entered: r.EnteredAt,
				Deadline: r.DeadlineAt, RemindAt: r.RemindAt, ZoneOf: func(models.Side) *time.Location { return zone }}, err
		},
		Columns: func(s run.Step[errand]) map[string]any {
			return map[string]any{"entered_at": s.At, "deadline_at": s.Deadline}
		},
		Conflict: func(errand) error { return models.Conflict("errands.changed") },
	}
	run.Register(o.engine, o.kind)
	o.must(o.engine.Check())
	return o
}

func timestamp(d *db.DB) string {
	if d.Dialect == db.Postgres {
		return "TIMESTAMPTZ"
	}
	return "TIMESTAMP"
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) begin(id int64) {
	o.Helper()
	o.must(o.engine.Do(ctx, models.Actor{PersonID: o.person()}, func(w *run.Work) error {
		w.Side = models.SideCreator
		deadline, remind := o.kind.FirstClock(o.kind.Table.States()[0], workflow.Moments{Entered: w.Now, Zone: zone})
		if err := w.Create(&row{id, waiting, 1, w.Now, &deadline, remind}).Error; err != nil {
			return err
		}
		return o.kind.Begin(w, id, run.Ref{Kind: "errand", ID: id})
	}))
}

func (o *office) person() (id int64) {
	o.must(o.db.Read(ctx).Raw("INSERT INTO people (name, created_at) VALUES ('A', ?) RETURNING id", o.clock.Now()).Scan(&id).Error)
	return id
}

// with does something to an errand under its lock.
func (o *office) with(id int64, side models.Side, do func(*run.Work, *run.Subject[errand]) error) error {
	return o.engine.Do(ctx, models.Actor{PersonID: o.person()}, func(w *run.Work) error {
		w.Side = side
		s, err := o.kind.Lock(w, id)
		if err != nil {
			return err
		}
		return do(w, &s)
	})
}

func (o *office) act(id int64, side models.Side, a run.Act) error {
	return o.with(id, side, func(w *run.Work, s *run.Subject[errand]) error {
		_, err := o.kind.Do(w, s, a)
		return err
	})
}

func (o *office) row(id int64) (r row) {
	o.Helper()
	o.must(o.db.Read(ctx).Take(&r, id).Error)
	return r
}

func (o *office) events() (n int) {
	o.must(o.db.Read(ctx).Raw("SELECT count(*) FROM workflow_events").Scan(&n).Error)
	return n
}

func (o *office) jobs(kind string) (n int) {
	o.must(o.db.Read(ctx).Raw("SELECT count(*) FROM river_job WHERE kind = ?", kind).Scan(&n).Error)
	return n
}

func (o *office) sweep() int {
	o.Helper()
	n, err := o.engine.Sweep(ctx)
	o.must(err)
	return n
}

func (o *office) forwardTo(t time.Time) { o.clock.Advance(t.Sub(o.clock.Now())) }

func endOfDay(month time.Month, day int) time.Time {
	return models.Date{Year: 2026, Month: month, Day: day}.EndIn(zone)
}

func TestRowsAreTheMigrationsColumns(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) { testkit.CheckSameColumns(t, d, run.Event{}, run.Hold{}) })
}

// A program whose tables name what nobody answers says so and does not start.
func TestWhatNobodyAnswersIsSaid(t *testing.T) {
	t.Parallel()
	e := run.NewEngine(nil, nil)
	run.Register(e, &run.Kind[errand]{Table: errandTable()})
	err := e.Check()
	if err == nil || !strings.Contains(err.Error(), `errand names the gate "packed"`) || !strings.Contains(err.Error(), `effect "ship"`) || !strings.Contains(err.Error(), `effect "notify"`) {
		t.Errorf("%v", err)
	}
}

func TestAStepIsDoneOnceWithItsEffects(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.begin(1)
		o.open = false
		if err := o.act(1, models.SideBrand, run.Act{Action: "start"}); models.CodeOf(err) != models.CodeConflict || o.events() != 1 {
			t.Fatalf("through a shut gate: %v, %d events", err, o.events())
		}
		o.open = true
		for range 2 { // the second click is the first one
			o.must(o.act(1, models.SideBrand, run.Act{Action: "start", Note: "Now", Version: 1}))
		}
		got := o.row(1)
		if got.State != running || got.Version != 2 || !got.DeadlineAt.Equal(endOfDay(11, 23)) || o.ships != 1 || o.events() != 2 || o.jobs("workflow.notify") != 2 {
			t.Errorf("%+v, %d shipped, %d events", got, o.ships, o.events())
		}
		for _, a := range []run.Act{{Action: "start", Note: "Later", Version: 1}, {Action: "give_up"}} {
			if err := o.act(1, models.SideBrand, a); models.CodeOf(err) != models.CodeConflict {
				t.Errorf("%s: %v", a.Action, err)
			}
		}
		if err := o.act(1, models.SideCreator, run.Act{Action: "start", Note: "Now", Version: 1}); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("the other side's click counts as the same: %v", err)
		}
	})
}

func TestOneSweepAndReminderForAnyTable(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.begin(1)
		o.forwardTo(endOfDay(11, 22).Add(-time.Second))
		if n := o.sweep(); n != 0 {
			t.Errorf("%d, too early", n)
		}
		for _, at := range []time.Time{endOfDay(11, 22), endOfDay(11, 24)} {
			o.forwardTo(at)
			if n := o.sweep(); n != 1 {
				t.Errorf("%d reminders at %v", n, at)
			}
			if n := o.sweep(); n != 0 {
				t.Errorf("reminded twice at %v", at)
			}
		}
		o.forwardTo(endOfDay(11, 25))
		if n := o.sweep(); n != 1 || o.row(1).State != running || o.ships != 0 || o.jobs("workflow.remind") != 2 {
			t.Errorf("%d swept, %+v", n, o.row(1))
		}
		o.forwardTo(endOfDay(11, 29)) // the side that waits may give up, of which it is told
		if n := o.sweep(); n != 1 {
			t.Errorf("%d", n)
		}
		o.must(o.act(1, models.SideBrand, run.Act{Action: "give_up"}))
	})
}

// Nothing is overdue while a clock is held, and the time held is added.
func TestAHeldClockStands(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.begin(1)
		hold := func(w *run.Work, s *run.Subject[errand]) error { return o.kind.Hold(w, s, "a parcel is on its way") }
		release := func(w *run.Work, s *run.Subject[errand]) error { return o.kind.Release(w, s) }
		o.forwardTo(endOfDay(11, 21).Add(-time.Hour))
		o.must(o.with(1, models.SideSystem, hold))
		o.must(o.with(1, models.SideSystem, hold)) // stands already
		o.forwardTo(endOfDay(12, 1))
		if n := o.sweep(); n != 0 || o.row(1).State != waiting {
			t.Errorf("%d swept while the clock is held", n)
		}
		o.must(o.with(1, models.SideSystem, release))
		o.must(o.with(1, models.SideSystem, release))
		// Ten days and an hour: the 25th of November becomes the 6th of December.
		got := o.row(1)
		if !got.DeadlineAt.Equal(endOfDay(12, 6)) || !got.RemindAt.Equal(endOfDay(12, 3)) || got.Version != 1 {
			t.Errorf("%+v, until %v", got, got.DeadlineAt.In(zone))
		}
		// Held before the state was entered, only the time since then counts.
		o.must(o.with(1, models.SideSystem, hold))
		o.clock.Advance(24 * time.Hour)
		o.must(o.act(1, models.SideBrand, run.Act{Action: "start"}))
		o.clock.Advance(2 * 24 * time.Hour)
		o.must(o.with(1, models.SideSystem, release))
		if got := o.row(1); !got.DeadlineAt.Equal(endOfDay(12, 8)) {
			t.Errorf("until %v", got.DeadlineAt.In(zone))
		}
		if n := o.events(); n != 2 {
			t.Errorf("%d events", n)
		}
	})
}

func TestAVisitorDoesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t, testkit.NewSQLite(t))
	if err := o.engine.Do(ctx, models.Actor{}, func(*run.Work) error { return nil }); models.CodeOf(err) != models.CodeSignIn {
		t.Error(err)
	}
}
