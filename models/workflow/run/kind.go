package run

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// Kind connects an area's rows with the table whose states they pass through.
type Kind[S ~string] struct {
	Table    *workflow.Table[S]
	Rows     string // the SQL table, which has the columns id, state, version and remind_at
	Deadline string // the column that holds the deadline

	// Lock reads a subject and locks it until the transaction ends.
	Lock func(w *Work, id int64) (Subject[S], error)
	// Columns returns what a step writes besides state, version and remind_at.
	Columns func(Step[S]) map[string]any
	// Unrecorded leaves the steps out of the history, since the rows are deleted again. Their
	// effects happen all the same.
	Unrecorded bool
	// Conflict is the error for an action that is not possible in a state.
	Conflict func(S) error
}

// Subject is a row as read under its lock.
type Subject[S ~string] struct {
	ID       int64
	Root     Ref
	State    S
	Version  int
	Entered  time.Time // when it entered its state
	Agreed   models.Date
	Deadline *time.Time
	RemindAt *time.Time
	ZoneOf   func(models.Side) *time.Location // the time zone of a side, in which its days end
	About    any                              // what the area's effects need of it, so that they need not read it again
}

// Step is a transition while it is being made.
type Step[S ~string] struct {
	workflow.Transition[S]
	At       time.Time
	Deadline *time.Time // of the state being entered
	Note     string
	URL      string
	Input    any // as parsed by the area
}

// IsLate says whether the deadline of the present state has passed.
func (s Subject[S]) IsLate(now time.Time) bool { return s.Deadline != nil && !now.Before(*s.Deadline) }

// FirstClock returns the deadline of the state in which a row is about to be created, and
// when the first reminder of it is due.
func (k *Kind[S]) FirstClock(first S, m workflow.Moments) (deadline time.Time, remindAt *time.Time) {
	deadline = k.Table.Rule(first).Deadline.At(m)
	return deadline, k.Table.NextNotice(first, deadline, m.Zone, m.Entered)
}

func (k *Kind[S]) table() (string, []workflow.Gate, []workflow.Effect) {
	gates, effects := k.Table.Names()
	return k.Table.Subject, gates, effects
}

func (k *Kind[S]) ref(s *Subject[S]) Ref { return Ref{k.Table.Subject, s.ID} }

// zone is the time zone of the side that has to act in a state; that side's days end
// there.
func (k *Kind[S]) zone(s *Subject[S], state S) *time.Location {
	return s.ZoneOf(k.Table.Rule(state).Waits)
}
