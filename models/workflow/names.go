package workflow

// Condition is what must hold of a subject or an action, besides state and
// side; whoever does the action knows which hold.
type Condition string

// The conditions that every table has.
const (
	Always Condition = ""
	Late   Condition = "late" // the deadline has passed
)

// Gate is a question that another area answers, such as "signed": a transition
// that names it is possible only while the answer is yes.
type Gate string

// Effect is what a transition brings about in its own transaction besides the
// new state, such as telling the other side.
type Effect string

// Notify tells the sides that did not act.
const Notify Effect = "notify"
