package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// InvitationLifetime is how long an invitation's link is valid.
const InvitationLifetime = 7 * 24 * time.Hour

// Invitation is a link by which a person joins a brand. Only its secret's hash
// is kept.
type Invitation struct {
	ID          int64
	PublicID    string
	BrandID     int64
	Email       string
	Role        models.Role
	TokenHash   string
	InvitedBy   int64
	CreatedAt   time.Time
	SentAt      time.Time
	ExpiresAt   time.Time
	AcceptedAt  *time.Time
	AcceptedBy  *int64
	CancelledAt *time.Time
}

// TableName is the table's name, for GORM.
func (Invitation) TableName() string { return "invitations" }

// InvitationMailArgs is the job that mails an invitation; only the job holds the secret.
type InvitationMailArgs struct {
	InvitationID int64  `json:"invitation_id"`
	Secret       string `json:"secret"`
}

// Kind is the job's name, for River.
func (InvitationMailArgs) Kind() string { return "accounts.invite" }

// InviteMember invites somebody to the actor's brand. Fields: email, role.
func (s *Store) InviteMember(ctx context.Context, actor models.Actor, email string, role models.Role) error {
	if !CanInvite(actor, actor.BrandID, models.RoleViewer) {
		return errRole()
	}
	var wrong models.Fields
	address := s.checkNewEmail(ctx, &wrong, email)
	if !CanInvite(actor, actor.BrandID, role) {
		wrong.Add("role", "accounts.error.which_role")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	now := s.clock()
	if err := s.checkInvitationLimits(ctx, actor, address, now); err != nil {
		return err
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec(`UPDATE invitations SET cancelled_at = ? WHERE brand_id = ? AND email = ? AND expires_at <= ?
			AND accepted_at IS NULL AND cancelled_at IS NULL`, now, actor.BrandID, address, now).Error; err != nil {
			return err
		}
		var members int64
		err := tx.Raw("SELECT count(*) FROM members m JOIN people p ON p.id = m.person_id WHERE m.brand_id = ? AND p.email = ?", actor.BrandID, address).Scan(&members).Error
		if err != nil {
			return err
		}
		if members > 0 {
			return models.Invalid("email", "accounts.error.already_member")
		}
		secret := models.NewSecret()
		i := Invitation{PublicID: models.NewPublicID(), BrandID: actor.BrandID, Email: address, Role: role, TokenHash: models.HashSecret(secret),
			InvitedBy: actor.PersonID, CreatedAt: now, SentAt: now, ExpiresAt: now.Add(InvitationLifetime)}
		if err := tx.Create(&i).Error; err != nil {
			return err
		}
		if err := tx.Enqueue(InvitationMailArgs{i.ID, secret}, nil); err != nil {
			return err
		}
		return auditInvitation(ctx, tx, now, actor.PersonID, "accounts.invited", i)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Invalid("email", "accounts.error.pending")
	}
	return err
}

// checkInvitationLimits limits mails to people who have not asked for them.
func (s *Store) checkInvitationLimits(ctx context.Context, actor models.Actor, address string, now time.Time) error {
	l := models.Invitations
	if err := s.db.CountUse(ctx, now, l.Name, fmt.Sprint(actor.BrandID), l.Most, l.Per); err != nil || address == "" {
		return err
	}
	return s.db.CountUseOf(ctx, now, models.InvitationsTo, fmt.Sprint(actor.BrandID, " ", address))
}

func auditInvitation(ctx context.Context, tx *db.Tx, now time.Time, personID int64, action string, i Invitation) error {
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: personID, Action: action, Subject: db.AuditSubject("brand", i.BrandID),
		Detail: map[string]string{"invitation": i.PublicID, "role": string(i.Role)}})
}

// PendingInvitation is an open invitation with the name of its sender.
type PendingInvitation struct {
	Invitation
	By string
}

// PendingInvitations lists invitations of the actor's brand that were neither
// accepted nor cancelled; expired ones can be sent again.
func (s *Store) PendingInvitations(ctx context.Context, actor models.Actor) ([]PendingInvitation, error) {
	if !isOwnMember(actor, actor.BrandID) {
		return nil, nil
	}
	var all []PendingInvitation
	err := s.db.Read(ctx).Raw(`SELECT i.*, p.name AS "by" FROM invitations i JOIN people p ON p.id = i.invited_by
		WHERE i.brand_id = ? AND i.accepted_at IS NULL AND i.cancelled_at IS NULL ORDER BY i.id`, actor.BrandID).Scan(&all).Error
	return all, err
}

// ResendInvitation sends a new link, which replaces the previous one.
func (s *Store) ResendInvitation(ctx context.Context, actor models.Actor, publicID string) error {
	i, err := s.ownInvitation(ctx, actor, publicID)
	if err != nil {
		return err
	}
	now := s.clock()
	if err := s.checkInvitationLimits(ctx, actor, i.Email, now); err != nil {
		return err
	}
	secret := models.NewSecret()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := requireOneRow(tx.Exec(`UPDATE invitations SET token_hash = ?, sent_at = ?, expires_at = ?, invited_by = ?
			WHERE id = ? AND accepted_at IS NULL AND cancelled_at IS NULL`,
			models.HashSecret(secret), now, now.Add(InvitationLifetime), actor.PersonID, i.ID))
		if err != nil {
			return err
		}
		if err := tx.Enqueue(InvitationMailArgs{i.ID, secret}, nil); err != nil {
			return err
		}
		return auditInvitation(ctx, tx, now, actor.PersonID, "accounts.invited_again", i)
	})
}

// CancelInvitation withdraws an invitation: its link stops working.
func (s *Store) CancelInvitation(ctx context.Context, actor models.Actor, publicID string) error {
	i, err := s.ownInvitation(ctx, actor, publicID)
	if err != nil || i.CancelledAt != nil {
		return err
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := requireOneRow(tx.Exec("UPDATE invitations SET cancelled_at = ? WHERE id = ? AND accepted_at IS NULL AND cancelled_at IS NULL", now, i.ID))
		if err != nil {
			return err
		}
		return auditInvitation(ctx, tx, now, actor.PersonID, "accounts.invitation_cancelled", i)
	})
}

func (s *Store) ownInvitation(ctx context.Context, actor models.Actor, publicID string) (Invitation, error) {
	var i Invitation
	if !isOwnMember(actor, actor.BrandID) {
		return i, models.NotFound()
	}
	err := s.db.Read(ctx).Where("public_id = ? AND brand_id = ?", publicID, actor.BrandID).Take(&i).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return i, models.NotFound()
	case err == nil && !CanInvite(actor, i.BrandID, i.Role):
		return i, errRole()
	}
	return i, err
}
