package run

import (
	"context"
	"errors"
	"fmt"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/workflow"
)

// Engine executes the tables that are registered with it.
type Engine struct {
	db      *db.DB
	now     models.Clock
	kinds   []kind
	gates   map[workflow.Gate]GateAnswer
	effects map[workflow.Effect]EffectAnswer
	names   NamesAnswer
}

// NamesAnswer reads the names of a history's sides, and of who acts, nil for the system.
type NamesAnswer func(tx *db.Tx, root Ref, personID *int64) (Names, error)

// GateAnswer says whether a gate is open for a subject.
type GateAnswer func(w *Work, subject Ref) (bool, error)

// EffectAnswer brings an effect about, in the transaction of the events that named it,
// after all rows of the transaction have been written. Anything external is a job that it
// enqueues.
type EffectAnswer func(w *Work, events []Event) error

// kind is a registered Kind of any state type.
type kind interface {
	table() (subject string, gates []workflow.Gate, effects []workflow.Effect)
	overdue(ctx context.Context, e *Engine, limit int) ([]int64, error)
	remindable(ctx context.Context, e *Engine, limit int) ([]int64, error)
	applyDefault(w *Work, id int64) (bool, error)
	remind(w *Work, id int64) (bool, error)
}

// NewEngine returns an Engine on a database that takes the time from a clock.
func NewEngine(d *db.DB, now models.Clock) *Engine {
	return &Engine{db: d, now: now, gates: map[workflow.Gate]GateAnswer{}, effects: map[workflow.Effect]EffectAnswer{}}
}

// Register adds an area's kind of subject.
func Register[S ~string](e *Engine, k *Kind[S]) { e.kinds = append(e.kinds, k) }

// AnswerGate registers the answer to a gate.
func (e *Engine) AnswerGate(g workflow.Gate, answer GateAnswer) { e.gates[g] = answer }

// AnswerEffect registers what an effect does.
func (e *Engine) AnswerEffect(f workflow.Effect, answer EffectAnswer) { e.effects[f] = answer }

// AnswerNames registers how the names of a history's sides are read; without it events
// have none.
func (e *Engine) AnswerNames(answer NamesAnswer) { e.names = answer }

// Check reports the gates and effects that a table names and nothing answers. The program
// does not start with any.
func (e *Engine) Check() error {
	var missing []error
	for _, k := range e.kinds {
		subject, gates, effects := k.table()
		for _, g := range gates {
			if e.gates[g] == nil {
				missing = append(missing, fmt.Errorf("workflow: the table of a %s names the gate %q, which nothing answers", subject, g))
			}
		}
		for _, f := range effects {
			if e.effects[f] == nil {
				missing = append(missing, fmt.Errorf("workflow: the table of a %s names the effect %q, which nothing brings about", subject, f))
			}
		}
	}
	return errors.Join(missing...)
}
