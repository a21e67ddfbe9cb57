package run

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/workflow"
)

// Work is one transaction in which somebody does something.
type Work struct {
	*db.Tx
	Now      time.Time
	Side     models.Side // for which it is done
	PersonID *int64      // who does it; nil for the system

	engine   *Engine
	recorded []recorded
	refusal  error
}

type recorded struct {
	event   Event
	effects []workflow.Effect
}

// Do runs what an actor does as one transaction, with the effects of all that
// it records. The verb sets the side once it knows it.
func (e *Engine) Do(ctx context.Context, a models.Actor, verb func(*Work) error) error {
	if !a.SignedIn() {
		return models.SignInRequired()
	}
	return e.do(ctx, &a.PersonID, "", verb)
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

// Refuse is what the actor is told although the transaction commits: that it
// was too late, when being late is what changed the row.
func (w *Work) Refuse(err error) { w.refusal = err }

// asSystem does something in the system's name.
func (w *Work) asSystem(do func() error) error {
	side := w.Side
	defer func() { w.Side = side }()
	w.Side = models.SideSystem
	return do()
}

// Record adds an event to the history, with what follows from it. Steps do so
// by themselves; it is for what an area does to a subject that has no table.
func (w *Work) Record(e Event, effects ...workflow.Effect) error {
	e.At, e.Side = w.Now, w.Side
	if w.Side != models.SideSystem {
		e.PersonID = w.PersonID
	}
	if err := w.Create(&e).Error; err != nil {
		return fmt.Errorf("record %s: %w", e.Action, err)
	}
	w.recorded = append(w.recorded, recorded{e, effects})
	return nil
}

// bringAbout runs each effect once, over all events that name it.
func (w *Work) bringAbout() error {
	var order []workflow.Effect
	events := map[workflow.Effect][]Event{}
	for _, r := range w.recorded {
		for _, f := range r.effects {
			if !slices.Contains(order, f) {
				order = append(order, f)
			}
			events[f] = append(events[f], r.event)
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
