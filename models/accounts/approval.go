package accounts

import (
	"context"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Approval is a brand's rule of who approves what it offers or accepts above an amount.
type Approval struct {
	Above      models.Money // without a currency while nothing has to be approved
	ApproverID int64        // 0 once they have left
	Name       string
	// Active says whether the approver still manages the brand's deals. Otherwise its owners
	// approve.
	Active bool
}

// IsSet says whether the brand has such a rule.
func (r Approval) IsSet() bool { return r.Above.Currency != "" }

// ReadApproval reads the rule of a brand.
func ReadApproval(q *gorm.DB, brandID int64) (Approval, error) {
	var r struct {
		ApproverID int64
		Name       string
		Minor      int64
		Currency   string
		Role       models.Role
	}
	err := q.Raw(`SELECT coalesce(b.approver_id, 0) AS approver_id, coalesce(p.name, '') AS name, b.approval_minor AS minor, b.approval_currency AS currency, coalesce(m.role, '') AS role
		FROM brands b LEFT JOIN people p ON p.id = b.approver_id LEFT JOIN members m ON m.brand_id = b.id AND m.person_id = b.approver_id AND `+ActiveSQL+` WHERE b.id = ?`, brandID).Scan(&r).Error
	return Approval{models.Money{Minor: r.Minor, Currency: r.Currency}, r.ApproverID, r.Name, r.Role.ManagesDeals()}, err
}

// CanApprove says whether the actor approves what others of the brand offer. What they offer
// themselves needs no second yes.
func (r Approval) CanApprove(a models.Actor) bool {
	switch {
	case !r.IsSet() || a.AgencyID != 0 || a.Suspended:
		return false
	case r.Active:
		return a.PersonID == r.ApproverID
	}
	return a.Role == models.RoleOwner
}

// IsNeeded says whether what the actor offers or accepts has to be approved: if it is worth
// more than the amount, or if that cannot be said, because nobody knows what it is worth or
// because it is in another currency, since there are no exchange rates.
func (r Approval) IsNeeded(a models.Actor, worth models.Money, known bool) bool {
	if !r.IsSet() || r.CanApprove(a) {
		return false
	}
	return !known || worth.Currency != r.Above.Currency || worth.Minor > r.Above.Minor
}

// ApprovalContacts lists who approves for a brand, and is asked to.
func ApprovalContacts(q *gorm.DB, brandID int64) ([]Contact, error) {
	rule, err := ReadApproval(q, brandID)
	if err != nil || !rule.IsSet() {
		return nil, err
	}
	who, args := "m.role = ?", []any{brandID, models.RoleOwner}
	if rule.Active {
		who, args[1] = "p.id = ?", rule.ApproverID
	}
	var all []Contact
	err = q.Raw("SELECT "+ContactColumns+", 'brand' AS side FROM people p JOIN members m ON m.person_id = p.id JOIN brands b ON b.id = m.brand_id WHERE "+ActiveSQL+
		" AND b.suspended_at IS NULL AND b.erased_at IS NULL AND m.brand_id = ? AND "+who+" ORDER BY p.id", args...).Scan(&all).Error
	return all, err
}

// OwnApproval reads the rule of the actor's brand.
func (s *Store) OwnApproval(ctx context.Context, a models.Actor) (Approval, error) {
	if a.BrandID == 0 {
		return Approval{}, models.NotFound()
	}
	return ReadApproval(s.db.Read(ctx), a.BrandID)
}

// CanSetApproval says whether the actor chooses who approves.
func CanSetApproval(a models.Actor, brandID int64) bool { return isOwner(a, brandID) }

// SetApproval chooses who approves what the brand offers above an amount; "" for nobody.
// Errors name the fields "approver" and "above".
func (s *Store) SetApproval(ctx context.Context, a models.Actor, approverRef string, above models.Money) error {
	switch {
	case a.BrandID == 0:
		return models.NotFound()
	case !CanSetApproval(a, a.BrandID):
		return errRole()
	case approverRef == "":
		return s.writeApproval(ctx, a, nil, models.Money{})
	case !models.IsKnownCurrency(above.Currency) || above.Minor < 0:
		return models.Invalid("above", "accounts.error.budget")
	}
	c, err := s.findColleague(ctx, a, approverRef)
	if models.CodeOf(err) == models.CodeNotFound || err == nil && !c.Role.ManagesDeals() {
		return models.Invalid("approver", "accounts.approval.approver_role")
	}
	if err != nil {
		return err
	}
	return s.writeApproval(ctx, a, &c.PersonID, above)
}

func (s *Store) writeApproval(ctx context.Context, a models.Actor, approver *int64, above models.Money) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.Exec("UPDATE brands SET approver_id = ?, approval_minor = ?, approval_currency = ? WHERE id = ?", approver, above.Minor, above.Currency, a.BrandID).Error
		if err != nil {
			return err
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: s.clock(), PersonID: a.PersonID, Action: "accounts.approval_changed", Subject: db.AuditSubject("brand", a.BrandID)})
	})
}
