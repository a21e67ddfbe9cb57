package deals

import (
	"slices"
	"time"

	"tribemarket/models"
)

// Table is a state machine that anyone can read: what each state waits for,
// and which action of which side leads where.
type Table[S ~string] struct {
	rules       []Rule[S]
	transitions []Transition[S]
}

// Rule is what is known of a state: who has to act, until when, and what the
// system does if nobody does. A final state waits for nobody.
type Rule[S ~string] struct {
	State      S
	Doc        string // one sentence, for docs/states.md
	Waits      models.Side
	Due        func(Moments) time.Time // nil in a final state
	DueDoc     string
	Grace      time.Duration // between Due and the deadline
	AtDeadline Action        // what the system does at the deadline; "" when it only gives a right
}

// Moments are the instants that deadlines count from.
type Moments struct {
	Entered time.Time // when the state was entered, the last time
	Agreed  time.Time // the end of the agreed day; of a proposal, when it expires
}

// Transition is one row of a table: in From, the sides in By may do Action, if
// the condition holds, and that leads to Next.
type Transition[S ~string] struct {
	From   S
	Action Action
	By     []models.Side
	If     Condition
	Next   S
	Proof  Proof // how a publication counts as proven from then on
}

// Condition is what must hold besides state and side.
type Condition string

// The conditions that transitions have.
const (
	Always   Condition = ""
	Late     Condition = "late"     // the deadline has passed
	Proven   Condition = "proven"   // the address itself shows whose post it is
	Unproven Condition = "unproven" // it doesn't
)

// Final says whether nothing can happen any more.
func (r Rule[S]) Final() bool { return r.Due == nil }

// Deadline is when the state's default outcome applies; zero for a final state.
func (r Rule[S]) Deadline(m Moments) time.Time {
	if r.Final() {
		return time.Time{}
	}
	return r.Due(m).Add(r.Grace)
}

// States lists all states, in the order in which they come.
func (t Table[S]) States() []S {
	all := make([]S, len(t.rules))
	for i, r := range t.rules {
		all[i] = r.State
	}
	return all
}

// Rule is what is known of a state. It panics for a state that no table has,
// which the database cannot hold.
func (t Table[S]) Rule(s S) Rule[S] {
	i := slices.IndexFunc(t.rules, func(r Rule[S]) bool { return r.State == s })
	if i < 0 {
		panic("deals: no state " + string(s))
	}
	return t.rules[i]
}

// Transitions lists the rows, in the order of the states.
func (t Table[S]) Transitions() []Transition[S] { return slices.Clone(t.transitions) }

// Next finds the row for an action of a side in a state, given which
// conditions hold.
func (t Table[S]) Next(s S, a Action, by models.Side, holds ...Condition) (Transition[S], bool) {
	for _, row := range t.transitions {
		if row.From == s && row.Action == a && slices.Contains(row.By, by) &&
			(row.If == Always || slices.Contains(holds, row.If)) {
			return row, true
		}
	}
	return Transition[S]{}, false
}

// Ever says whether a side may do an action in any state at all.
func (t Table[S]) Ever(a Action, by models.Side) bool {
	return slices.ContainsFunc(t.transitions, func(row Transition[S]) bool {
		return row.Action == a && slices.Contains(row.By, by)
	})
}

// Actions lists what a side can do in a state, in the order of the table,
// whatever the conditions.
func (t Table[S]) Actions(s S, by models.Side) []Action {
	var all []Action
	for _, row := range t.transitions {
		if row.From == s && slices.Contains(row.By, by) && !slices.Contains(all, row.Action) {
			all = append(all, row.Action)
		}
	}
	return all
}

// MayEndLate lists the sides that may end the deal as late once the state's
// deadline has passed.
func (t Table[S]) MayEndLate(s S) []models.Side {
	for _, row := range t.transitions {
		if row.From == s && row.Action == ActionEndLate {
			return slices.Clone(row.By)
		}
	}
	return nil
}

// automatic lists the states whose default outcome the system brings about.
func (t Table[S]) automatic() []S {
	var all []S
	for _, r := range t.rules {
		if r.AtDeadline != "" {
			all = append(all, r.State)
		}
	}
	return all
}
