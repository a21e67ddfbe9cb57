package negotiation

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// Store keeps negotiations. Every verb is one transaction: the rows, the line in the
// history, and the job that notifies the other side.
type Store struct {
	db       *db.DB
	now      models.Clock
	creators *creators.Store
	deals    *deals.Store
	engine   *run.Engine

	// UnprintableLetter names the first letter of a text that no document can print, "" for
	// none. Without it all letters pass.
	UnprintableLetter func(text string) string
}

// NewStore returns a Store on a database that takes the time from a clock. It reports what
// creators do with offers and deals to the creators' store; the engine, which works on the
// same database, executes the table.
func NewStore(d *db.DB, now models.Clock, c *creators.Store, agreed *deals.Store, engine *run.Engine) *Store {
	s := &Store{db: d, now: now, creators: c, deals: agreed, engine: engine}
	run.Register(engine, negotiations)
	run.Register(engine, heldOffers)
	engine.AnswerEffect(deals.FollowActivity, s.followActivity)
	engine.AnswerEffect(workflow.Notify, PublishEvents)
	engine.AnswerEffect(LapseHeld, followHeld)
	engine.AnswerNames(readNames)
	return s
}

// work is one verb's transaction.
type work struct {
	*run.Work
	creators          *creators.Store
	unprintableLetter func(text string) string
}

// do runs a verb for an actor.
func (s *Store) do(ctx context.Context, a models.Actor, verb func(*work) error) error {
	return s.engine.Do(ctx, a, func(w *run.Work) error { return verb(&work{w, s.creators, s.UnprintableLetter}) })
}

// lock reads and locks an actor's negotiation. Every verb on one starts here or with
// lockToOffer, so that two of them never run at once.
func (w *work) lock(a models.Actor, publicID string) (row, error) {
	n, err := w.lockRow(a, publicID)
	if err != nil {
		return n, err
	}
	return n, deals.RequireActing(w.Work, a, n.BrandID, n.CreatorID)
}

// lockToOffer is lock with what an offer is judged by, which is read under the lock.
func (w *work) lockToOffer(a models.Actor, publicID string) (n row, who standing, err error) {
	if n, err = w.lockRow(a, publicID); err != nil {
		return n, who, err
	}
	if who, err = readStanding(w.DB, a, n); err != nil {
		return n, who, err
	}
	w.KnowNames(rootOf(n.ID), who.Names)
	owner := who.Creator.PersonID
	return n, who, deals.CheckActing(a, n.BrandID, n.CreatorID, owner != nil && *owner == a.PersonID)
}

func (w *work) lockRow(a models.Actor, publicID string) (row, error) {
	var n row
	if !models.IsPublicID(publicID) {
		return n, models.NotFound()
	}
	if err := deals.TakeLocked(w.Work, &n, "public_id = ?", publicID); err != nil {
		return n, err
	}
	if w.Side = deals.PartyOf(a, n.BrandID, n.CreatorID); w.Side == "" {
		return n, models.NotFound()
	}
	return n, nil
}

func (s *Store) takeByPublicID(ctx context.Context, into *row, publicID string) error {
	if !models.IsPublicID(publicID) {
		return models.NotFound()
	}
	err := s.db.Read(ctx).Where("public_id = ?", publicID).Take(into).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}

func errChanged() error  { return models.Conflict("negotiation.error.changed") }
func errNotYours() error { return models.Forbidden("negotiation.error.not_yours") }
