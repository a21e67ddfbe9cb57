package contracts

import (
	"context"
	"errors"
	"strconv"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// Identity reads who a party is in contracts. Until the party has said so, and where its key
// is gone, all of it is missing. It is for contracts and invoices only: the caller has made
// sure that the reader is a side of one.
func (s *Store) Identity(ctx context.Context, p Party) (Identity, error) {
	return readIdentity(s.db.Read(ctx), s.db.Keys, p)
}

func readIdentity(q *gorm.DB, keys *models.Keyring, p Party) (i Identity, err error) {
	var r identityRow
	if err := q.Where(p.Column()+" = ?", p.ID).Limit(1).Find(&r).Error; err != nil || r.ID == 0 {
		return Identity{}, err
	}
	i, err = r.open(keys)
	if errors.Is(err, models.ErrCannotOpenSealed) {
		return Identity{}, nil // it has to be given again
	}
	return i, err
}

// TaxCountry is where a party pays tax, "" until it has said so.
func TaxCountry(q *gorm.DB, keys *models.Keyring, p Party) (string, error) {
	i, err := readIdentity(q, keys, p)
	return i.TaxCountry, err
}

// OwnIdentity reads the contract identity of the party that the actor acts for.
func (s *Store) OwnIdentity(ctx context.Context, a models.Actor) (Identity, error) {
	if !CanKeepIdentity(a) {
		return Identity{}, models.Forbidden("contracts.error.role")
	}
	return s.Identity(ctx, PartyOf(a))
}

// SaveIdentity saves the contract identity of the party that the actor acts for. Contracts
// that nobody has signed name it from then on. The same answers again change nothing.
func (s *Store) SaveIdentity(ctx context.Context, a models.Actor, i Identity) error {
	before, err := s.OwnIdentity(ctx, a)
	if err != nil {
		return err
	}
	if err := s.clean(&i); err != nil {
		return err
	}
	if before == i {
		return nil
	}
	now := s.clock()
	if err := s.db.CountUseOf(ctx, now, models.Creations, strconv.FormatInt(a.PersonID, 10)); err != nil {
		return err
	}
	p := PartyOf(a)
	r := identityRow{SavedBy: a.PersonID, SavedAt: now}
	if p.Side == models.SideBrand {
		r.BrandID = &p.ID
	} else {
		r.CreatorID = &p.ID
	}
	if err := r.seal(s.db.Keys, i); err != nil {
		return err
	}
	return s.engine.Do(ctx, a, func(w *run.Work) error {
		w.Side = p.Side
		err := w.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: p.Column()}}, DoUpdates: clause.AssignmentColumns([]string{"sealed", "saved_by", "saved_at"})}).Create(&r).Error
		if err != nil {
			return err
		}
		if err := adoptIdentity(w, p); err != nil {
			return err
		}
		return w.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: a.PersonID, Action: "contracts.identity_changed", Subject: r.owner()})
	})
}
