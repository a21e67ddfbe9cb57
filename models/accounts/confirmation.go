package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// EmailConfirmationArgs is the job that mails a confirmation link. The link's secret
// stands in the job alone; the table holds its hash.
type EmailConfirmationArgs struct {
	PersonID int64  `json:"person_id"`
	Email    string `json:"email"`
	Secret   string `json:"secret"`
}

// Kind is the job's name, for River.
func (EmailConfirmationArgs) Kind() string { return "accounts.confirm" }

// EmailConfirmationLifetime is how long a confirmation link works.
const EmailConfirmationLifetime = 3 * 24 * time.Hour

// EmailConfirmation is a link that was sent to an address.
type EmailConfirmation struct {
	TokenHash string `gorm:"primaryKey"`
	PersonID  int64
	Email     string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName is the table's name, for GORM.
func (EmailConfirmation) TableName() string { return "email_confirmations" }

func sendEmailConfirmation(tx *db.Tx, personID int64, email string, now time.Time) error {
	secret := models.NewSecret()
	err := tx.Create(&EmailConfirmation{TokenHash: models.HashSecret(secret), PersonID: personID, Email: email, CreatedAt: now, ExpiresAt: now.Add(EmailConfirmationLifetime)}).Error
	if err != nil {
		return err
	}
	return tx.Enqueue(EmailConfirmationArgs{personID, email, secret}, nil)
}

// RequestEmailConfirmation sends a link to an address that the person claims. The
// address becomes theirs once the link is used; until then nothing changes.
func (s *Store) RequestEmailConfirmation(ctx context.Context, actor models.Actor, email string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	var wrong models.Fields
	address := s.checkNewEmail(ctx, &wrong, email)
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := s.countMailRequest(ctx, address); err != nil {
		return err
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var recent int64
		err := tx.Model(&EmailConfirmation{}).Where("person_id = ? AND created_at > ?", actor.PersonID, now.Add(-time.Hour)).Count(&recent).Error
		if err != nil {
			return err
		}
		if recent >= 5 {
			return models.Invalid("email", "accounts.error.too_many_mails")
		}
		return sendEmailConfirmation(tx, actor.PersonID, address, now)
	})
}

// ResendEmailConfirmation sends the link again to the address that waits for it; the
// address is "" where none does.
func (s *Store) ResendEmailConfirmation(ctx context.Context, actor models.Actor) (email string, err error) {
	if !actor.SignedIn() {
		return "", models.SignInRequired()
	}
	if email, err = s.PendingEmail(ctx, actor.PersonID); err != nil || email == "" {
		return "", err
	}
	return email, s.RequestEmailConfirmation(ctx, actor, email)
}

// PendingEmail reads the address that the newest unused link was sent to, "" if there
// is none.
func (s *Store) PendingEmail(ctx context.Context, personID int64) (string, error) {
	var c EmailConfirmation
	err := s.db.Read(ctx).Where("person_id = ? AND used_at IS NULL AND expires_at > ?", personID, s.clock()).
		Order("created_at DESC").Limit(1).Find(&c).Error
	return c.Email, err
}

// EmailConfirmationBySecret reads the link before it is used, so that the page can name the address.
func (s *Store) EmailConfirmationBySecret(ctx context.Context, secret string) (EmailConfirmation, error) {
	var c EmailConfirmation
	err := s.db.Read(ctx).Where("token_hash = ?", models.HashSecret(secret)).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return c, models.NotFound()
	}
	if err != nil {
		return c, models.Internal("read a confirmation", err)
	}
	if c.UsedAt == nil && !s.clock().Before(c.ExpiresAt) {
		return c, models.Conflict("accounts.error.link_expired")
	}
	return c, nil
}

// ConfirmEmail makes the address the person's own. Using a link twice leads to the
// same result; an address that has become somebody else's is refused. Unless the
// person is signed in, the password is required too: whoever reads the mail must
// not confirm an account that a stranger created with their address.
func (s *Store) ConfirmEmail(ctx context.Context, actor models.Actor, secret, password string) (EmailConfirmation, error) {
	c, err := s.EmailConfirmationBySecret(ctx, secret)
	if err != nil || c.UsedAt != nil {
		return c, err
	}
	p, err := s.PersonByID(ctx, c.PersonID)
	if err != nil {
		return c, err
	}
	if ConfirmationNeedsPassword(actor, p) {
		if err := s.checkPasswordOf(ctx, &p, "", password, ""); err != nil {
			return c, err
		}
	}
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		used := tx.Exec("UPDATE email_confirmations SET used_at = ? WHERE token_hash = ? AND used_at IS NULL", now, c.TokenHash)
		if used.Error != nil || used.RowsAffected == 0 {
			return used.Error
		}
		return s.setEmail(ctx, tx, p, c.Email, now)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return c, models.Conflict("accounts.error.email_taken")
	}
	return c, err
}

// ConfirmationNeedsPassword says whether whoever uses a confirmation link must enter the
// account's password.
func ConfirmationNeedsPassword(actor models.Actor, p Person) bool {
	return actor.PersonID != p.ID && p.PasswordHash != nil
}

// EmailConfirmedArgs is the job for what waits until a person's first address is confirmed.
type EmailConfirmedArgs struct {
	PersonID int64 `json:"person_id"`
}

// Kind is the job's name, for River.
func (EmailConfirmedArgs) Kind() string { return "accounts.confirmed" }

// setEmail sets the person's address, notifies the old one, and ends password
// links that were sent there.
func (s *Store) setEmail(ctx context.Context, tx *db.Tx, p Person, email string, now time.Time) error {
	action := "accounts.email_confirmed"
	if p.Email != nil && *p.Email != email {
		action = "accounts.email_changed"
	}
	if err := s.recordSecurityChange(ctx, tx, p.ID, action, now); err != nil {
		return err
	}
	err := firstError(tx.Exec("UPDATE people SET email = ?, email_confirmed_at = ? WHERE id = ?", email, now, p.ID),
		tx.Exec("DELETE FROM password_resets WHERE person_id = ? AND used_at IS NULL", p.ID))
	if err != nil || p.EmailConfirmedAt != nil {
		return err
	}
	return tx.Enqueue(EmailConfirmedArgs{p.ID}, nil)
}

// EmailOwnerOtherThan finds the person who already has the address, other than the one
// asking for it; they get a different mail.
func (s *Store) EmailOwnerOtherThan(ctx context.Context, email string, personID int64) (Person, bool, error) {
	var p Person
	err := s.db.Read(ctx).Where("email = ? AND id <> ?", email, personID).Limit(1).Find(&p).Error
	return p, p.ID != 0, err
}

// ConfirmEmailWithoutLink makes an address a person's own without a link, for demo worlds
// in which nobody reads mail.
func (s *Store) ConfirmEmailWithoutLink(ctx context.Context, personID int64, email string) error {
	address, ok := ParseEmail(email)
	if !ok {
		return models.Invalid("email", "accounts.error.email")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE people SET email = ?, email_confirmed_at = ? WHERE id = ?", address, s.clock(), personID).Error
	})
}
