package run

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/workflow"
)

// Work is one transaction in which a person or the system acts.
type Work struct {
	*db.Tx
	Now      time.Time
	Side     models.Side // on whose behalf the action is done
	PersonID *int64      // who acts; nil for the system

	engine   *Engine
	recorded []recorded
	names    map[Ref]Names
	refusal  error
}

type recorded struct {
	event   *Event
	effects []workflow.Effect
}

// Do runs an actor's verb as one transaction, with the effects of everything that it
// records. The verb sets the side once it knows it.
func (e *Engine) Do(ctx context.Context, a models.Actor, verb func(*Work) error) error {
	if !a.SignedIn() {
		return models.SignInRequired()
	}
	return e.do(ctx, &a.PersonID, "", verb)
}

// DoAsSystem runs a job's verb as one transaction on the system's behalf.
func (e *Engine) DoAsSystem(ctx context.Context, verb func(*Work) error) error {
	return e.do(ctx, nil, models.SideSystem, verb)
}

func (e *Engine) do(ctx context.Context, personID *int64, side models.Side, verb func(*Work) error) error {
	var w *Work
	err := e.db.Tx(ctx, func(tx *db.Tx) error {
		w = &Work{Tx: tx, Now: e.now(), Side: side, PersonID: personID, engine: e}
		if err := verb(w); err != nil {
			return err
		}
		return w.bringAbout()
	})
	if err != nil {
		return err
	}
	return w.refusal
}

// DoWithin runs a verb on behalf of a side as part of a transaction that somebody else began,
// with the effects of everything that it records. What the verb refuses
// is an error.
func (e *Engine) DoWithin(tx *db.Tx, personID *int64, side models.Side, verb func(*Work) error) error {
	w := &Work{Tx: tx, Now: e.now(), Side: side, PersonID: personID, engine: e}
	if err := verb(w); err != nil {
		return err
	}
	if err := w.bringAbout(); err != nil {
		return err
	}
	return w.refusal
}

// DoAsSystemWithin is DoWithin on the system's behalf.
func (e *Engine) DoAsSystemWithin(tx *db.Tx, verb func(*Work) error) error {
	return e.DoWithin(tx, nil, models.SideSystem, verb)
}

// Refuse sets the error that the actor gets although the transaction commits: the action
// came too late, and applying the overdue default is what changed the row.
func (w *Work) Refuse(err error) { w.refusal = err }

// AsSystem runs do on the system's behalf.
func (w *Work) AsSystem(do func() error) error {
	side := w.Side
	defer func() { w.Side = side }()
	w.Side = models.SideSystem
	return do()
}

// Record adds an event to the history, with its effects. Steps do so by themselves; it is
// for what an area does to a subject that has no table.
func (w *Work) Record(e Event, effects ...workflow.Effect) error {
	w.sign(&e)
	if err := w.nameSides(&e); err != nil {
		return err
	}
	w.recorded = append(w.recorded, recorded{&e, effects})
	return w.QueueWrite(func(q *gorm.DB) *gorm.DB { return q.Create(&e) }, func(_ int64, err error) error {
		if err != nil {
			err = fmt.Errorf("record %s: %w", e.Action, err)
		}
		return err
	})
}

// KnowNames gives the names of a root's history, with that of who acts, which a verb has
// read and does not change.
func (w *Work) KnowNames(root Ref, names Names) { w.names = map[Ref]Names{root: names} }

// causeEffects causes the effects of an event that the history leaves out.
func (w *Work) causeEffects(e Event, effects []workflow.Effect) {
	w.sign(&e)
	w.recorded = append(w.recorded, recorded{&e, effects})
}

// sign says when the event happens and who acts.
func (w *Work) sign(e *Event) {
	e.At, e.Side = w.Now, w.Side
	if w.Side != models.SideSystem {
		e.PersonID = w.PersonID
	}
}

// nameSides writes down the names that the event is read under from now on.
func (w *Work) nameSides(e *Event) (err error) {
	if names, known := w.names[Ref{e.RootKind, e.RootID}]; known {
		if e.PersonID == nil {
			names.PersonName = ""
		}
		e.Names = names
		return nil
	}
	if w.engine.names != nil {
		e.Names, err = w.engine.names(w.Tx, Ref{e.RootKind, e.RootID}, e.PersonID)
	}
	return err
}

// bringAbout runs the effects of everything that was recorded, and then those of what the
// effects themselves recorded.
func (w *Work) bringAbout() error {
	for len(w.recorded) > 0 {
		all := w.recorded
		w.recorded = nil
		if err := w.SendWrites(); err != nil { // effects need the events' ids
			return err
		}
		if err := w.runEffects(all); err != nil {
			return err
		}
	}
	return nil
}

// runEffects runs each effect once, over all events that name it.
func (w *Work) runEffects(all []recorded) error {
	var order []workflow.Effect
	events := map[workflow.Effect][]Event{}
	for _, r := range all {
		for _, f := range r.effects {
			if !slices.Contains(order, f) {
				order = append(order, f)
			}
			events[f] = append(events[f], *r.event)
		}
	}
	for _, f := range order {
		answer := w.engine.effects[f]
		if answer == nil {
			return models.Internal("bring an effect about", fmt.Errorf("nothing answers %q", f))
		}
		if err := answer(w, events[f]); err != nil {
			return err
		}
	}
	return nil
}
