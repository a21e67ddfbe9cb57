package run

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// Kind is how an area's rows go through the states of a table.
type Kind[S ~string] struct {
	Table    *workflow.Table[S]
	Rows     string // the SQL table, which has the columns id, state, version and remind_at
	Deadline string // its column of the deadline

	// Lock reads a subject and keeps others from it until the transaction ends.
	Lock func(w *Work, id int64) (Subject[S], error)
	// Columns are what a step writes besides state, version and remind_at.
	Columns func(Step[S]) map[string]any
	// Conflict is what somebody is told whose action is not possible in a state.
	Conflict func(S) error
}

// Subject is a row as it was read under its lock.
type Subject[S ~string] struct {
	ID       int64
	Root     Ref
	State    S
	Version  int
	Entered  time.Time // when it came into its state
	Agreed   models.Date
	Deadline *time.Time
	RemindAt *time.Time
	ZoneOf   func(models.Side) *time.Location // where the days of a side end
}

// Step is a transition that is being done.
type Step[S ~string] struct {
	workflow.Transition[S]
	At       time.Time
	Deadline *time.Time // of the state that is entered
	Note     string
	URL      string
	Input    any // as the area read it
}

// IsLate says whether the deadline of the present state has passed.
func (s Subject[S]) IsLate(now time.Time) bool { return s.Deadline != nil && !now.Before(*s.Deadline) }

// FirstClock is the first state's deadline, and when somebody is first told of
// it, for a row that is about to be made.
func (k *Kind[S]) FirstClock(m workflow.Moments) (deadline time.Time, remindAt *time.Time) {
	first := k.Table.States()[0]
	deadline = k.Table.Rule(first).Deadline.At(m)
	return deadline, k.Table.NextNotice(first, deadline, m.Zone, m.Entered)
}

func (k *Kind[S]) table() (string, []workflow.Gate, []workflow.Effect) {
	gates, effects := k.Table.Names()
	return k.Table.Subject, gates, effects
}

func (k *Kind[S]) ref(s *Subject[S]) Ref { return Ref{k.Table.Subject, s.ID} }

// zone is where the days of the side end that has to act in a state.
func (k *Kind[S]) zone(s *Subject[S], state S) *time.Location {
	return s.ZoneOf(k.Table.Rule(state).Waits)
}
