package deals

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// Store keeps deals. Every verb is one transaction: the row, the line in
// the history, and the job that notifies the other side.
type Store struct {
	db       *db.DB
	now      models.Clock
	creators *creators.Store
	engine   *run.Engine

	contracts   *contracts.Store
	obligations []ObligationsAnswer // of other areas
}

// NewStore returns a Store on a database that takes the time from a clock; the engine,
// which works on the same database, executes the tables. It answers what contracts ask and
// cause.
func NewStore(d *db.DB, now models.Clock, c *creators.Store, binding *contracts.Store, engine *run.Engine) *Store {
	s := &Store{db: d, now: now, creators: c, engine: engine, contracts: binding}
	run.Register(engine, deliverables)
	run.Register(engine, repetitions)
	run.Register(engine, holds)
	engine.AnswerGate(contracts.SignedGate, isContractSigned)
	engine.AnswerEffect(contracts.OpenWork, openWork)
	engine.AnswerEffect(contracts.EndDeal, endUnsignedDeals)
	engine.AnswerGate(contracts.AmendableGate, isAmendable)
	engine.AnswerEffect(contracts.AmendDeal, amendDeals)
	engine.AnswerEffect(EndParted, endParted)
	return s
}

// Contracts is the store of the contracts of the deals.
func (s *Store) Contracts() *contracts.Store { return s.contracts }

// FollowActivity keeps the search data that follows from creators' negotiations and deals up
// to date; the area that knows both answers it.
const FollowActivity workflow.Effect = "activity"

// work is one verb's transaction.
type work struct{ *run.Work }

// do runs a verb for an actor.
func (s *Store) do(ctx context.Context, a models.Actor, verb func(*work) error) error {
	return s.engine.Do(ctx, a, func(w *run.Work) error { return verb(&work{w}) })
}

// TakeLocked reads a row and locks it until the transaction ends (SQLite has a single
// writer anyway).
func TakeLocked(w *run.Work, row any, query string, args ...any) error {
	err := w.Clauses(clause.Locking{Strength: "UPDATE"}).Where(query, args...).Take(row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}

// lockDeal reads and locks an actor's deal. Every verb on a deal starts here, so that two
// of them never run at once.
func (w *work) lockDeal(a models.Actor, publicID string) (dealRow, error) {
	var d dealRow
	if !models.IsPublicID(publicID) {
		return d, models.NotFound()
	}
	if err := TakeLocked(w.Work, &d, "public_id = ?", publicID); err != nil {
		return d, err
	}
	if w.Side = PartyOf(a, d.BrandID, d.CreatorID); w.Side == "" {
		return d, models.NotFound()
	}
	return d, RequireActing(w.Work, a, d.BrandID, d.CreatorID)
}

// RequireActing refuses an actor who can see a negotiation or a deal but may do nothing with
// it: members of the brand whose role does not manage deals, and members who are also its
// creator.
func RequireActing(w *run.Work, a models.Actor, brandID, creatorID int64) error {
	if ActsAs(a, brandID, creatorID) != models.SideBrand {
		return CheckActing(a, brandID, creatorID, false)
	}
	own, err := creators.IsProfileOf(w.DB, creatorID, a.PersonID)
	if err != nil {
		return err
	}
	return CheckActing(a, brandID, creatorID, own)
}

// CheckActing is RequireActing where it has been read whether the actor is the creator.
func CheckActing(a models.Actor, brandID, creatorID int64, isCreator bool) error {
	side := ActsAs(a, brandID, creatorID)
	switch {
	case side == "":
		return models.Forbidden("deals.error.role")
	case side == models.SideBrand && isCreator:
		return models.Forbidden("deals.error.own_profile")
	}
	return nil
}

// requireOneRow returns a conflict unless the statement changed exactly one row.
func requireOneRow(res *gorm.DB) error {
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
