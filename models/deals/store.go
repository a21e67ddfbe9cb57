package deals

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// Store keeps proposals and deals. Every verb is one transaction: the row, the
// line in the history, and the job that tells the other side.
type Store struct {
	db       *db.DB
	now      models.Clock
	creators *creators.Store
}

// NewStore is a Store on a database, with the clock that it goes by. What
// creators do with proposals and deals is told to theirs.
func NewStore(d *db.DB, now models.Clock, c *creators.Store) *Store { return &Store{d, now, c} }

// Ref names a deliverable as a page showed it. Version is the one that was
// shown; an action on anything newer is a conflict, so that nobody approves a
// draft that they have not seen. 0 asks for no such check.
type Ref struct {
	Deal    string // public id
	Number  int
	Version int
}

// work is one verb's transaction.
type work struct {
	*db.Tx
	now      time.Time
	personID *int64 // nil for the system
	side     models.Side
	creators *creators.Store
	touched  []int64 // proposals of which something was recorded

	// verdict is what the actor is told although the transaction commits: that
	// it was too late, when being late is what changed the row.
	verdict error
}

// do runs a verb for an actor.
func (s *Store) do(ctx context.Context, a models.Actor, verb func(*work) error) error {
	if !a.SignedIn() {
		return models.SignInFirst()
	}
	var w *work
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		w = &work{Tx: tx, now: s.now(), personID: &a.PersonID, creators: s.creators}
		if err := verb(w); err != nil {
			return err
		}
		return w.follow()
	})
	if err != nil {
		return err
	}
	return w.verdict
}

// locked reads a row and keeps others from it until the transaction ends
// (SQLite has one writer anyway).
func (w *work) locked(row any, query string, args ...any) error {
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
	if err := w.locked(&d, "public_id = ?", publicID); err != nil {
		return d, err
	}
	if w.side = PartyOf(a, d.BrandID, d.CreatorID); w.side == "" {
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
	if w.side != models.SideBrand {
		return nil
	}
	var own int64
	if err := w.Table("creators").Where("id = ? AND person_id = ?", creatorID, a.PersonID).Count(&own).Error; err != nil {
		return err
	}
	if own > 0 {
		return models.Forbidden("deals.error.own_profile")
	}
	return nil
}

// record adds a line to the history and the job that tells of it. What follows
// for the creator is kept at the transaction's end.
func (w *work) record(e eventRow) error {
	w.touched = append(w.touched, e.ProposalID)
	e.At, e.Side = w.now, w.side
	if w.side != models.SideSystem {
		e.PersonID = w.personID
	}
	if err := w.Create(&e).Error; err != nil {
		return fmt.Errorf("record %s: %w", e.Action, err)
	}
	return w.Enqueue(AnnounceArgs{EventID: e.ID}, nil)
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
