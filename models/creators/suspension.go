package creators

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// SuspendCreator unlists a profile and keeps its owner from acting for it, within an
// administrator's transaction; the owner sees the reason.
func (s *Store) SuspendCreator(ctx context.Context, tx *db.Tx, actor models.Actor, creatorID int64, reason string, now time.Time) error {
	c, err := lockForAdmin(tx, actor, creatorID)
	if err != nil {
		return err
	}
	if c.SuspendedAt != nil {
		return models.Conflict("accounts.error.suspended_already")
	}
	if reason, err = accounts.CleanSuspensionReason(reason); err != nil {
		return err
	}
	c.SuspendedAt, c.SuspendedReason = &now, reason
	if err := s.updateCreatorFromAccounts(tx, &c, now); err != nil {
		return err
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "admin.creator_suspended", Subject: db.AuditSubject("creator", c.ID), Detail: map[string]string{"reason": reason}})
}

// RestoreCreator undoes SuspendCreator. Whether the profile is listed is judged again.
func (s *Store) RestoreCreator(ctx context.Context, tx *db.Tx, actor models.Actor, creatorID int64, now time.Time) error {
	c, err := lockForAdmin(tx, actor, creatorID)
	if err != nil {
		return err
	}
	if c.SuspendedAt == nil {
		return models.Conflict("accounts.error.not_suspended")
	}
	c.SuspendedAt, c.SuspendedReason = nil, ""
	if err := s.updateCreatorFromAccounts(tx, &c, now); err != nil {
		return err
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "admin.creator_restored", Subject: db.AuditSubject("creator", c.ID)})
}

// UpdateListingOfPerson lists or unlists a person's profile after the person was
// suspended or restored. Whoever does that calls it in the same transaction.
func (s *Store) UpdateListingOfPerson(tx *db.Tx, personID int64, now time.Time) error {
	var c Creator
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("person_id = ?", personID).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	return s.updateCreatorFromAccounts(tx, &c, now)
}

func lockForAdmin(tx *db.Tx, actor models.Actor, creatorID int64) (Creator, error) {
	var c Creator
	if !actor.Administers() {
		return c, models.NotFound()
	}
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", creatorID).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return c, models.NotFound()
	}
	return c, err
}
