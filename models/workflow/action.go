package workflow

import (
	"cmp"
	"slices"

	"tribemarket/models"
)

// Action is the name of something that a side or the system does.
type Action string

// Description is everything that handlers, views, paths and texts need to know about an
// action; who may do it, and when, is in the transitions.
type Description struct {
	Action Action
	Path   string  // the last segment of its URL, such as "approval"; "" when it has none of its own
	Fields []Field // what the person fills in
}

// Field is one thing that an action asks for.
type Field struct {
	Name     string // in the form and in errors
	Texts    string // the name used in its message keys, where that is not Name
	Kind     FieldKind
	Max      int // characters
	Rows     int // of a text area
	Required bool
}

// TextName is the name used in the field's message keys.
func (f Field) TextName() string { return cmp.Or(f.Texts, f.Name) }

// FieldKind is the type of a field's content.
type FieldKind string

// The kinds of fields.
const (
	TextField FieldKind = "text" // several lines
	URLField  FieldKind = "url"
)

// Describe finds the description of an action.
func (t *Table[S]) Describe(a Action) Description {
	i := slices.IndexFunc(t.Actions, func(d Description) bool { return d.Action == a })
	if i < 0 {
		return Description{Action: a}
	}
	return t.Actions[i]
}

// ButtonKey is the text on the action's button.
func (t *Table[S]) ButtonKey(a Action) string { return t.Texts + ".action." + string(a) }

// DoneKey is the text shown to the person after doing the action.
func (t *Table[S]) DoneKey(a Action) string { return t.Texts + ".said." + string(a) }

// LabelKey is the text of a field's label.
func (t *Table[S]) LabelKey(f Field) string { return t.Texts + ".field." + f.TextName() }

// HintKey is the text that says what a field of an action is for.
func (t *Table[S]) HintKey(a Action, f Field) string { return t.LabelKey(f) + "." + string(a) }

// EventKey is the sentence that says what a side did.
func (t *Table[S]) EventKey(a Action, by models.Side) string {
	return t.Texts + ".event." + string(a) + "." + string(by)
}

// GateKey is the text shown when a closed gate holds an action back.
func (t *Table[S]) GateKey(g Gate) string { return t.Texts + ".gate." + string(g) }

// TodoKey is the text that says what the side that has to act should do; "" in a final
// state.
func (t *Table[S]) TodoKey(s S) string { return t.waitingKey("todo", s) }

// OtherwiseKey is the text that says what happens if nobody acts, with the
// placeholder deadline; "" in a final state.
func (t *Table[S]) OtherwiseKey(s S) string { return t.waitingKey("otherwise", s) }

func (t *Table[S]) waitingKey(name string, s S) string {
	if t.Rule(s).Final() {
		return ""
	}
	return t.Texts + "." + name + "." + string(s)
}
