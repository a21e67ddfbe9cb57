package workflow

import (
	"slices"

	"tribemarket/models"
)

// Table is a state machine that anyone can read: who each state waits for, and where each
// action of each side leads.
type Table[S ~string] struct {
	Subject      string // what passes through the states, such as "deliverable"; its name in events and jobs
	Texts        string // the prefix of its message keys, such as "deals"
	Rules        []Rule[S]
	Actions      []Description
	Begin        []Transition[S] // how it enters its first state, at most one row for a side and an action; none when another subject's step creates it
	Transitions  []Transition[S]
	RemindBefore []int    // at the end of the day this many days before the due day, the side that must act is reminded
	Effects      []Effect // of every transition, in addition to its own
}

// Rule describes a state: who has to act, by when, and what the system does if nobody
// does. A final state waits for nobody.
type Rule[S ~string] struct {
	State      S
	Doc        string // one sentence, for docs/states.md
	Waits      models.Side
	Deadline   Deadline
	AtDeadline Action // what the system does at the deadline; "" when it only gives a right
}

// BothSides are waited for in a state until each has done its part; which one has not, the
// subject says.
const BothSides models.Side = "both"

// Transition is one row of a table: in From, the sides in By may do Action if the
// condition holds and every gate is open, and that leads to To.
type Transition[S ~string] struct {
	From    S
	Action  Action
	By      []models.Side
	If      Condition
	Gates   []Gate
	To      S
	Effects []Effect
	Doc     string // what reaching To by this row means, for docs/states.md

	KeepsClock bool // the state goes on, with the deadline and the reminders that it has
}

// Final says whether nothing more can happen.
func (r Rule[S]) Final() bool { return r.Waits == "" }

// States lists all states in the order of the table.
func (t *Table[S]) States() []S {
	all := make([]S, len(t.Rules))
	for i, r := range t.Rules {
		all[i] = r.State
	}
	return all
}

// Rule is the rule of a state. It panics for a state that the table does not have, which
// no row can be in.
func (t *Table[S]) Rule(s S) Rule[S] {
	i := slices.IndexFunc(t.Rules, func(r Rule[S]) bool { return r.State == s })
	if i < 0 {
		panic("workflow: a " + t.Subject + " has no state " + string(s))
	}
	return t.Rules[i]
}

// Next finds the row for an action of a side in a state, given which conditions hold.
func (t *Table[S]) Next(s S, a Action, by models.Side, holds ...Condition) (Transition[S], bool) {
	for _, row := range t.Transitions {
		if row.From == s && row.Action == a && slices.Contains(row.By, by) &&
			(row.If == Always || slices.Contains(holds, row.If)) {
			return row, true
		}
	}
	return Transition[S]{}, false
}

// Default finds the row by which the system acts at a state's deadline.
func (t *Table[S]) Default(s S) (Transition[S], bool) {
	a := t.Rule(s).AtDeadline
	if a == "" {
		return Transition[S]{}, false
	}
	return t.Next(s, a, models.SideSystem, Late)
}

// IsEverAllowed says whether a side may do an action in any state.
func (t *Table[S]) IsEverAllowed(a Action, by models.Side) bool {
	return slices.Contains(t.Sides(a), by)
}

// Sides lists the sides that may do an action in some state.
func (t *Table[S]) Sides(a Action) []models.Side {
	var all []models.Side
	for _, row := range t.Transitions {
		for _, side := range row.By {
			if row.Action == a && !slices.Contains(all, side) {
				all = append(all, side)
			}
		}
	}
	return all
}

// ActionsOf lists what a side can do in a state, in the order of the table, regardless of
// conditions.
func (t *Table[S]) ActionsOf(s S, by models.Side) []Action {
	var all []Action
	for _, row := range t.Transitions {
		if row.From == s && slices.Contains(row.By, by) && !slices.Contains(all, row.Action) {
			all = append(all, row.Action)
		}
	}
	return all
}

// SidesWhenLate lists the sides that may do something in a state because its
// deadline has passed.
func (t *Table[S]) SidesWhenLate(s S) []models.Side {
	var all []models.Side
	for _, row := range t.Transitions {
		if row.From == s && row.If == Late && !slices.Contains(row.By, models.SideSystem) {
			all = append(all, row.By...)
		}
	}
	return all
}

// StatesWithDefault lists the states whose default outcome the system applies.
func (t *Table[S]) StatesWithDefault() []S {
	var all []S
	for _, r := range t.Rules {
		if r.AtDeadline != "" {
			all = append(all, r.State)
		}
	}
	return all
}

// Names lists the gates and effects that the table names.
func (t *Table[S]) Names() (gates []Gate, effects []Effect) {
	effects = slices.Clone(t.Effects)
	for _, row := range slices.Concat(t.Begin, t.Transitions) {
		gates, effects = append(gates, row.Gates...), append(effects, row.Effects...)
	}
	slices.Sort(gates)
	slices.Sort(effects)
	return slices.Compact(gates), slices.Compact(effects)
}
