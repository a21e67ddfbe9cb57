package accounts

import (
	"context"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// AllowPoliticalObjectives lets a brand make and get offers with a political objective, on
// behalf of an administrator, for a reason that the audit log keeps. Errors name the field
// "political_reason".
func (s *Store) AllowPoliticalObjectives(ctx context.Context, actor models.Actor, publicID, reason string) error {
	var wrong models.Fields
	reason = text.SingleLine(reason)
	checkText(&wrong, "political_reason", reason, 1, maxReasonLength)
	return s.setPoliticalObjectives(ctx, actor, publicID, true, reason, wrong.Err())
}

// RefusePoliticalObjectives undoes AllowPoliticalObjectives. What was agreed stays.
func (s *Store) RefusePoliticalObjectives(ctx context.Context, actor models.Actor, publicID string) error {
	return s.setPoliticalObjectives(ctx, actor, publicID, false, "", nil)
}

// setPoliticalObjectives writes the permission; the same again changes nothing.
func (s *Store) setPoliticalObjectives(ctx context.Context, actor models.Actor, publicID string, allowed bool, reason string, invalid error) error {
	if !actor.Administers() {
		return models.NotFound()
	}
	found, err := s.BrandByPublicID(ctx, actor, publicID)
	if err != nil {
		return err
	}
	if invalid != nil {
		return invalid
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var b Brand
		if err := lockForAdmin(tx, actor, &b, found.ID); err != nil || b.PoliticalAllowed == allowed {
			return err
		}
		if err := tx.Exec("UPDATE brands SET political_allowed = ?, political_reason = ? WHERE id = ?", allowed, reason, b.ID).Error; err != nil {
			return err
		}
		e := db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "admin.political_refused", Subject: db.AuditSubject("brand", b.ID)}
		if allowed {
			e.Action, e.Detail = "admin.political_allowed", map[string]string{"reason": reason}
		}
		return tx.WriteAudit(ctx, e)
	})
}

// MayHavePoliticalObjectives says whether an administrator allows a brand political
// objectives.
func MayHavePoliticalObjectives(q *gorm.DB, brandID int64) (allowed bool, err error) {
	err = q.Model(&Brand{}).Where("id = ?", brandID).Pluck("political_allowed", &allowed).Error
	return allowed, err
}
