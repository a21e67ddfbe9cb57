package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

// InvitationDetails is what the page of an invitation's link shows.
type InvitationDetails struct {
	Invitation
	Brand    string
	BrandRef string // public id
	By       string
	Locale   string // the recipient's, or else the sender's
	Known    bool   // somebody has the address already
	Silent   bool   // the recipient is suspended and gets no mail
}

// InvitationBySecret reads an invitation by its link's secret, and by its id for the mail.
// One that was used, cancelled or has expired says so.
func (s *Store) InvitationBySecret(ctx context.Context, secret string) (InvitationDetails, error) {
	o, err := s.readInvitation(ctx, "i.token_hash = ?", models.HashSecret(secret))
	if err != nil {
		return o, err
	}
	switch {
	case o.AcceptedAt != nil:
		return o, models.Conflict("accounts.error.used")
	case o.CancelledAt != nil:
		return o, models.Conflict("accounts.error.cancelled")
	case !s.clock().Before(o.ExpiresAt):
		return o, models.Conflict("accounts.error.expired", "brand", o.Brand)
	}
	return o, nil
}

// InvitationForMail is InvitationBySecret for the job that mails it; ok is false if
// the secret no longer leads anywhere.
func (s *Store) InvitationForMail(ctx context.Context, id int64, secret string) (o InvitationDetails, ok bool, err error) {
	o, err = s.readInvitation(ctx, "i.id = ?", id)
	ok = err == nil && !o.Silent && o.TokenHash == models.HashSecret(secret) && o.AcceptedAt == nil && o.CancelledAt == nil && s.clock().Before(o.ExpiresAt)
	return o, ok, err
}

func (s *Store) readInvitation(ctx context.Context, where string, arg any) (InvitationDetails, error) {
	var o InvitationDetails
	err := s.db.Read(ctx).Raw(`SELECT i.*, b.name AS brand, b.public_id AS brand_ref, p.name AS "by", coalesce(q.locale, p.locale) AS locale, q.id IS NOT NULL AS known, q.suspended_at IS NOT NULL AS silent
		FROM invitations i JOIN brands b ON b.id = i.brand_id AND b.suspended_at IS NULL JOIN people p ON p.id = i.invited_by
		LEFT JOIN people q ON q.email = i.email WHERE `+where, arg).Scan(&o).Error
	if err == nil && o.ID == 0 {
		err = models.NotFound()
	}
	return o, err
}

// NoticeJoinedAs tells an inviter that somebody joined with another address than the
// one that was invited.
const NoticeJoinedAs NoticeKind = "joined_as"

// AcceptInvitation lets the actor join. Their address must be confirmed. Where it isn't
// the one that the link was sent to, they have to say that they mean it (asOther), and
// the inviter is told: a link can be passed on by mistake.
func (s *Store) AcceptInvitation(ctx context.Context, actor models.Actor, secret string, asOther bool) (InvitationDetails, error) {
	if !actor.SignedIn() {
		return InvitationDetails{}, models.SignInRequired()
	}
	o, err := s.InvitationBySecret(ctx, secret)
	if err != nil {
		return o, err
	}
	p, err := s.PersonByID(ctx, actor.PersonID)
	if err != nil {
		return o, err
	}
	if p.Email == nil || p.EmailConfirmedAt == nil {
		return o, models.Forbidden("accounts.error.confirm_first")
	}
	other := *p.Email != o.Email
	if other && !asOther {
		return o, models.Conflict("accounts.error.invited_other", "invited", o.Email, "email", *p.Email)
	}
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := acceptMembership(ctx, tx, o.Invitation, actor.PersonID, now); err != nil || !other {
			return err
		}
		return publishNotice(tx, now, Notice{Kind: NoticeJoinedAs, BrandID: o.BrandID, PersonID: o.InvitedBy, OfID: o.BrandID, OtherID: actor.PersonID, Role: o.Role, Email: o.Email})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return o, models.Conflict("accounts.error.member_already", "brand", o.Brand)
	}
	return o, err
}

// acceptMembership uses the invitation up, once, and makes the person a member.
func acceptMembership(ctx context.Context, tx *db.Tx, i Invitation, personID int64, now time.Time) error {
	used := tx.Exec(`UPDATE invitations SET accepted_at = ?, accepted_by = ? WHERE id = ? AND token_hash = ? AND expires_at > ?
		AND accepted_at IS NULL AND cancelled_at IS NULL`, now, personID, i.ID, i.TokenHash, now)
	if used.Error != nil {
		return used.Error
	}
	if used.RowsAffected != 1 {
		return models.Conflict("accounts.error.used")
	}
	if err := tx.Create(&Member{i.BrandID, personID, i.Role, now}).Error; err != nil {
		return err
	}
	return auditInvitation(ctx, tx, now, personID, "accounts.invitation_accepted", i)
}

// NewcomerForm is what a person without an account enters to join by a link.
type NewcomerForm struct {
	Name     string
	Password string
	Locale   string
	Zone     string
}

func (f *NewcomerForm) check() error {
	var wrong models.Fields
	f.Name = text.SingleLine(f.Name)
	checkText(&wrong, "name", f.Name, 1, 80)
	CheckPassword(&wrong, "password", f.Password, f.Name)
	if !isKnownLocale(f.Locale) {
		f.Locale = "en"
	}
	f.Zone, _ = places.ParseTimeZone(f.Zone)
	return wrong.Err()
}

// JoinAsNewcomer creates an account with the invitation's address, which the link
// proves, and the membership. Whoever already has an account with that address
// signs in instead.
func (s *Store) JoinAsNewcomer(ctx context.Context, secret string, f NewcomerForm) (o InvitationDetails, personID int64, err error) {
	if o, err = s.InvitationBySecret(ctx, secret); err != nil {
		return o, 0, err
	}
	if o.Known {
		return o, 0, models.Conflict("accounts.error.has_account", "email", o.Email)
	}
	if err := f.check(); err != nil {
		return o, 0, err
	}
	hash, err := hashPassword(ctx, f.Password)
	if err != nil {
		return o, 0, err
	}
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		p, err := CreatePerson(tx, Person{Name: f.Name, Email: &o.Email, EmailConfirmedAt: &now, PasswordHash: &hash, Locale: f.Locale, Zone: f.Zone, CreatedAt: now})
		if err != nil {
			return err
		}
		personID = p.ID
		return acceptMembership(ctx, tx, o.Invitation, p.ID, now)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		err = models.Conflict("accounts.error.has_account", "email", o.Email)
	}
	return o, personID, err
}
