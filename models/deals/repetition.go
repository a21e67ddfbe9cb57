package deals

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// repetitionRow is the repetition of a negotiation's deal, as stored. How often and with what
// notice the latest deal's terms say, since an amendment can change them.
type repetitionRow struct {
	ID            int64
	NegotiationID int64
	Begun         int // cycles
	State         RepetitionState
	Version       int
	BeginsAt      *time.Time // the next cycle; nil once none does
	LateDays      int        // by which the latest began late: further ones follow it month by month
	RemindAt      *time.Time
	NoticeBy      *models.Side
	NoticeAt      *time.Time
	NoticeUntil   string // the last day of the notice
	LastCycle     int    // that begins in spite of the notice
}

func (repetitionRow) TableName() string { return "repetitions" }

// repetitions connects the rows with RepetitionTable.
var repetitions = &run.Kind[RepetitionState]{
	Table: RepetitionTable, Rows: "repetitions", Deadline: "begins_at",
	Lock: func(w *run.Work, id int64) (run.Subject[RepetitionState], error) {
		var r repetitionRow
		err := TakeLocked(w, &r, "id = ?", id)
		return r.subject(models.Zone("")), err
	},
	Columns:  repetitionColumns,
	Conflict: func(s RepetitionState) error { return models.Conflict("deals.cycles.error." + string(s)) },
}

// repetitionStep is what a step changes of a repetition.
type repetitionStep struct {
	begun    int
	late     int
	beginsAt *time.Time
	notice   *models.Side // who gives it
	until    models.Date
	last     int
}

// repetitionColumns returns what a step writes besides the state.
func repetitionColumns(s run.Step[RepetitionState]) map[string]any {
	step, _ := s.Input.(repetitionStep)
	set := map[string]any{"begins_at": step.beginsAt}
	switch s.Action {
	case ActionBeginCycle:
		set["begun"], set["late_days"] = step.begun, step.late
	case ActionGiveNotice:
		set["notice_by"], set["notice_at"], set["notice_until"], set["last_cycle"] = step.notice, s.At, step.until.String(), step.last
	}
	return set
}

func (r repetitionRow) subject(zone *time.Location) run.Subject[RepetitionState] {
	return run.Subject[RepetitionState]{
		ID: r.ID, Root: rootOf(r.NegotiationID), State: r.State, Version: r.Version, Deadline: r.BeginsAt,
		ZoneOf: func(models.Side) *time.Location { return zone },
	}
}

// movedDays is by how many days each deliverable of a deal of the series, by its number, is due
// later than the terms say: of a cycle that began late, all that no amendment has given another
// day. The first cycle waits for its contract by itself.
func (s series) movedDays(d dealRow, rows []deliverableRow) map[int]int {
	moved := map[int]int{}
	if d.Cycle == 1 {
		return moved
	}
	for _, x := range s.terms[d.Cycle-1].Deliverables {
		for _, r := range rows {
			if r.DealID == d.ID && r.Number == x.Number {
				moved[x.Number] = r.agreedDay().DaysFrom(x.DueOn)
			}
		}
	}
	return moved
}

// series is the repetition of a negotiation with the deals that have begun, the first first.
type series struct {
	repetitionRow
	deals []dealRow
	terms []terms.Terms
}

// schedule says when the cycles begin, as the latest deal's terms say.
func (s series) schedule() terms.Schedule {
	schedule := s.terms[len(s.terms)-1].Schedule(s.dayOf(s.deals[0].AgreedAt))
	schedule.Late = s.LateDays
	return schedule
}

func (s series) dayOf(at time.Time) models.Date { return models.DateOf(at.In(s.zone())) }

// zone is the creator's time zone, in which cycles begin.
func (s series) zone() *time.Location { return s.deals[0].zones().Of(models.SideCreator) }

// lastCycle is the last cycle that begins.
func (s series) lastCycle() int {
	if s.State == RepetitionNoticed {
		return s.LastCycle
	}
	return s.schedule().Months
}

// beginOf is when a cycle begins, nil where it does not.
func (s series) beginOf(cycle, last int) *time.Time {
	if cycle > last {
		return nil
	}
	at := s.schedule().DayOf(cycle).StartIn(s.zone()).UTC()
	return &at
}

// beginRepetition notes that the first deal of a negotiation is followed by others.
func beginRepetition(w *run.Work, first dealRow, agreed terms.Terms) error {
	if !agreed.Repeats() {
		return nil
	}
	s := series{repetitionRow{NegotiationID: first.NegotiationID, Begun: 1, State: RepetitionRunning, Version: 1}, []dealRow{first}, []terms.Terms{agreed}}
	s.BeginsAt = s.beginOf(2, agreed.Cycles())
	return w.Create(&s.repetitionRow).Error
}

// lockSeries reads the repetition of a negotiation and locks it, with all its deals. Whoever
// locks a deal too locks the deal first. It is empty where the deal does not repeat.
func lockSeries(w *run.Work, negotiationID int64) (s series, err error) {
	err = TakeLocked(w, &s.repetitionRow, "negotiation_id = ?", negotiationID)
	if models.CodeOf(err) == models.CodeNotFound {
		return series{}, nil
	}
	if err != nil {
		return series{}, err
	}
	if err := w.Where("negotiation_id = ?", negotiationID).Order("cycle").Find(&s.deals).Error; err != nil {
		return series{}, err
	}
	s.terms, err = termsOf(s.deals)
	return s, err
}

func termsOf(rows []dealRow) ([]terms.Terms, error) {
	all := make([]terms.Terms, len(rows))
	for i, d := range rows {
		agreed, err := terms.Decode(d.Agreed.Terms)
		if err != nil {
			return nil, err
		}
		all[i] = agreed
	}
	return all, nil
}

// stopRepetition ends the repetition of a negotiation, one of whose deals has ended early, or
// whose sides are gone. One that has ended stays as it is.
func stopRepetition(w *run.Work, negotiationID int64, holds ...workflow.Condition) error {
	s, err := lockSeries(w, negotiationID)
	if err != nil || !s.State.GoesOn() {
		return err
	}
	subject := s.subject(s.zone())
	return w.AsSystem(func() error {
		_, err := repetitions.Do(w, &subject, run.Act{Action: ActionStop, Holds: holds})
		return err
	})
}

// holdsFor are the conditions of a step after which no cycle follows, or one does.
func holdsFor(beginsAt *time.Time) []workflow.Condition {
	if beginsAt == nil {
		return []workflow.Condition{LastCycle}
	}
	return nil
}
