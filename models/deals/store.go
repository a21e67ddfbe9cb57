package deals

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// Store keeps proposals and deals. Every verb is one transaction: the row, the
// line in the history, and the job that tells the other side.
type Store struct {
	db       *db.DB
	now      models.Clock
	creators *creators.Store
	engine   *run.Engine
}

// NewStore is a Store on a database, with the clock that it goes by. What
// creators do with proposals and deals is told to theirs; the engine, which
// works on the same database, carries the tables out.
func NewStore(d *db.DB, now models.Clock, c *creators.Store, engine *run.Engine) *Store {
	s := &Store{d, now, c, engine}
	run.Register(engine, proposals)
	run.Register(engine, deliverables)
	engine.AnswerEffect(FollowActivity, s.followActivity)
	return s
}

// work is one verb's transaction.
type work struct {
	*run.Work
	creators *creators.Store
}

// do runs a verb for an actor.
func (s *Store) do(ctx context.Context, a models.Actor, verb func(*work) error) error {
	return s.engine.Do(ctx, a, func(w *run.Work) error { return verb(&work{w, s.creators}) })
}

// locked reads a row and keeps others from it until the transaction ends
// (SQLite has one writer anyway).
func locked(w *run.Work, row any, query string, args ...any) error {
	err := w.Clauses(clause.Locking{Strength: "UPDATE"}).Where(query, args...).Take(row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}

// lockDeal reads the deal of an actor; every verb on a deal starts here, so
// that two of them never run at once.
func (w *work) lockDeal(a models.Actor, publicID string) (dealRow, error) {
	var d dealRow
	if !isPublicID(publicID) {
		return d, models.NotFound()
	}
	if err := locked(w.Work, &d, "public_id = ?", publicID); err != nil {
		return d, err
	}
	if w.Side = PartyOf(a, d.BrandID, d.CreatorID); w.Side == "" {
		return d, models.NotFound()
	}
	return d, w.mayAct(a, d.BrandID, d.CreatorID)
}

// mayAct refuses whoever sees a proposal or a deal and may do nothing with it: a
// brand's people whose role doesn't manage, and whoever is its creator too.
func (w *work) mayAct(a models.Actor, brandID, creatorID int64) error {
	if ActsAs(a, brandID, creatorID) == "" {
		return models.Forbidden("deals.error.role")
	}
	if w.Side != models.SideBrand {
		return nil
	}
	own, err := creators.IsProfileOf(w.DB, creatorID, a.PersonID)
	if err != nil {
		return err
	}
	if own {
		return models.Forbidden("deals.error.own_profile")
	}
	return nil
}

// changed says that exactly one row must have been.
func changed(res *gorm.DB) error {
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected != 1 {
		return errChanged()
	}
	return nil
}

func errChanged() error  { return models.Conflict("deals.error.changed") }
func errNotYours() error { return models.Forbidden("deals.error.not_yours") }
