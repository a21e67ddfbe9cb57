package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// SuspendPerson keeps a person from everything but leaving, within a
// transaction of an administrator; the reason is shown to her.
func SuspendPerson(ctx context.Context, tx *db.Tx, actor models.Actor, personID int64, reason string, now time.Time) error {
	var p Person
	if err := forAdmin(tx, actor, &p, personID); err != nil {
		return err
	}
	if p.SuspendedAt != nil {
		return models.Conflict("accounts.error.suspended_already")
	}
	if err := notTheLastAdmin(tx, p); err != nil {
		return err
	}
	return suspend(ctx, tx, actor, "person", p.TableName(), personID, &now, reason)
}

// RestorePerson undoes SuspendPerson.
func RestorePerson(ctx context.Context, tx *db.Tx, actor models.Actor, personID int64, now time.Time) error {
	var p Person
	if err := forAdmin(tx, actor, &p, personID); err != nil {
		return err
	}
	if p.SuspendedAt == nil {
		return models.Conflict("accounts.error.not_suspended")
	}
	return restore(ctx, tx, actor, "person", p.TableName(), personID, now)
}

// SuspendBrand keeps a brand's members from acting for it, within a transaction
// of an administrator; the reason is shown to them.
func SuspendBrand(ctx context.Context, tx *db.Tx, actor models.Actor, brandID int64, reason string, now time.Time) error {
	var b Brand
	if err := forAdmin(tx, actor, &b, brandID); err != nil {
		return err
	}
	if b.SuspendedAt != nil {
		return models.Conflict("accounts.error.suspended_already")
	}
	return suspend(ctx, tx, actor, "brand", b.TableName(), brandID, &now, reason)
}

// RestoreBrand undoes SuspendBrand.
func RestoreBrand(ctx context.Context, tx *db.Tx, actor models.Actor, brandID int64, now time.Time) error {
	var b Brand
	if err := forAdmin(tx, actor, &b, brandID); err != nil {
		return err
	}
	if b.SuspendedAt == nil {
		return models.Conflict("accounts.error.not_suspended")
	}
	return restore(ctx, tx, actor, "brand", b.TableName(), brandID, now)
}

// forAdmin reads a row and keeps others from it until the transaction ends.
func forAdmin(tx *db.Tx, actor models.Actor, row any, id int64) error {
	if !actor.Administers() {
		return models.NotFound()
	}
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id).Take(row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}

func suspend(ctx context.Context, tx *db.Tx, actor models.Actor, kind, table string, id int64, now *time.Time, reason string) error {
	reason, err := SuspensionReason(reason)
	if err != nil {
		return err
	}
	if err := tx.Exec("UPDATE "+table+" SET suspended_at = ?, suspended_reason = ? WHERE id = ?", now, reason, id).Error; err != nil {
		return err
	}
	return tx.Audit(ctx, db.Event{At: *now, PersonID: actor.PersonID, Action: "admin." + kind + "_suspended", Subject: db.Subject(kind, id), Detail: map[string]string{"reason": reason}})
}

func restore(ctx context.Context, tx *db.Tx, actor models.Actor, kind, table string, id int64, now time.Time) error {
	if err := tx.Exec("UPDATE "+table+" SET suspended_at = NULL, suspended_reason = '' WHERE id = ?", id).Error; err != nil {
		return err
	}
	return tx.Audit(ctx, db.Event{At: now, PersonID: actor.PersonID, Action: "admin." + kind + "_restored", Subject: db.Subject(kind, id)})
}

// longestReason is how much an administrator may say on a suspension.
const longestReason = 500

// SuspensionReason is a reason as it is kept and shown to whom it concerns.
func SuspensionReason(s string) (string, error) {
	var wrong models.Fields
	s = text.Line(s)
	checkText(&wrong, "reason", s, 1, longestReason)
	return s, wrong.Err()
}
