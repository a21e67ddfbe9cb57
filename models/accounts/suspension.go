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

// SuspendPerson keeps a person from doing anything but leave, within an
// administrator's transaction; the person sees the reason.
func SuspendPerson(ctx context.Context, tx *db.Tx, actor models.Actor, personID int64, reason string, now time.Time) error {
	var p Person
	if err := lockForAdmin(tx, actor, &p, personID); err != nil {
		return err
	}
	if p.SuspendedAt != nil {
		return models.Conflict("accounts.error.suspended_already")
	}
	if err := refuseLastAdmin(tx, p); err != nil {
		return err
	}
	return suspendRow(ctx, tx, actor, "person", p.TableName(), personID, &now, reason)
}

// RestorePerson undoes SuspendPerson.
func RestorePerson(ctx context.Context, tx *db.Tx, actor models.Actor, personID int64, now time.Time) error {
	var p Person
	if err := lockForAdmin(tx, actor, &p, personID); err != nil {
		return err
	}
	if p.SuspendedAt == nil {
		return models.Conflict("accounts.error.not_suspended")
	}
	return restoreRow(ctx, tx, actor, "person", p.TableName(), personID, now)
}

// SuspendBrand keeps a brand's members from acting for it, within an
// administrator's transaction; they see the reason.
func SuspendBrand(ctx context.Context, tx *db.Tx, actor models.Actor, brandID int64, reason string, now time.Time) error {
	var b Brand
	if err := lockForAdmin(tx, actor, &b, brandID); err != nil {
		return err
	}
	if b.SuspendedAt != nil {
		return models.Conflict("accounts.error.suspended_already")
	}
	return suspendRow(ctx, tx, actor, "brand", b.TableName(), brandID, &now, reason)
}

// RestoreBrand undoes SuspendBrand.
func RestoreBrand(ctx context.Context, tx *db.Tx, actor models.Actor, brandID int64, now time.Time) error {
	var b Brand
	if err := lockForAdmin(tx, actor, &b, brandID); err != nil {
		return err
	}
	if b.SuspendedAt == nil {
		return models.Conflict("accounts.error.not_suspended")
	}
	return restoreRow(ctx, tx, actor, "brand", b.TableName(), brandID, now)
}

// lockForAdmin reads a row and locks it until the transaction ends.
func lockForAdmin(tx *db.Tx, actor models.Actor, row any, id int64) error {
	if !actor.Administers() {
		return models.NotFound()
	}
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id).Take(row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}

func suspendRow(ctx context.Context, tx *db.Tx, actor models.Actor, kind, table string, id int64, now *time.Time, reason string) error {
	reason, err := CleanSuspensionReason(reason)
	if err != nil {
		return err
	}
	if err := tx.Exec("UPDATE "+table+" SET suspended_at = ?, suspended_reason = ? WHERE id = ?", now, reason, id).Error; err != nil {
		return err
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: *now, PersonID: actor.PersonID, Action: "admin." + kind + "_suspended", Subject: db.AuditSubject(kind, id), Detail: map[string]string{"reason": reason}})
}

func restoreRow(ctx context.Context, tx *db.Tx, actor models.Actor, kind, table string, id int64, now time.Time) error {
	if err := tx.Exec("UPDATE "+table+" SET suspended_at = NULL, suspended_reason = '' WHERE id = ?", id).Error; err != nil {
		return err
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "admin." + kind + "_restored", Subject: db.AuditSubject(kind, id)})
}

// maxReasonLength is the maximum length of a suspension's reason.
const maxReasonLength = 500

// CleanSuspensionReason tidies a reason for storage and for showing it to those concerned.
func CleanSuspensionReason(s string) (string, error) {
	var wrong models.Fields
	s = text.SingleLine(s)
	checkText(&wrong, "reason", s, 1, maxReasonLength)
	return s, wrong.Err()
}
