package workflow

// Condition is what must be true of a subject or an action, besides state and side;
// whoever does the action knows which conditions hold.
type Condition string

// The conditions that every table has.
const (
	Always Condition = ""
	Late   Condition = "late" // the deadline has passed
)

// Gate is a question that another area answers, such as "signed": a transition that names
// it is possible only while the answer is yes.
type Gate string

// Effect is what a transition causes in its own transaction besides the new state, such
// as notifying the other side.
type Effect string

// Notify notifies the sides that did not act.
const Notify Effect = "notify"
