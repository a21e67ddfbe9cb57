package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// PasswordResetLifetime is how long a password reset link is valid.
const PasswordResetLifetime = time.Hour

// PasswordResetArgs is the job that mails a password reset link, if the address is
// somebody's. Only the job finds out whether it is, so that the page always gives the
// same answer in the same time. Only the job holds the link's secret.
type PasswordResetArgs struct {
	Email  string `json:"email"`
	Secret string `json:"secret"`
}

// Kind is the job's name, for River.
func (PasswordResetArgs) Kind() string { return "accounts.reset" }

// PasswordReset is a password reset link that was sent.
type PasswordReset struct {
	TokenHash string `gorm:"primaryKey"`
	PersonID  int64
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName is the table's name, for GORM.
func (PasswordReset) TableName() string { return "password_resets" }

// RequestPasswordReset has a password reset link sent to the address, if it is
// somebody's.
func (s *Store) RequestPasswordReset(ctx context.Context, email string) error {
	address, ok := ParseEmail(email)
	if !ok {
		return models.Invalid("email", "accounts.error.email")
	}
	if err := s.countMailRequest(ctx, address); err != nil {
		return err
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.WriteAudit(ctx, db.AuditEntry{At: now, Action: "accounts.reset_asked"}); err != nil {
			return err
		}
		return tx.Enqueue(PasswordResetArgs{address, models.NewSecret()}, nil)
	})
}

// ActivatePasswordReset finds the person with the address, for the job, and makes the
// link valid. ok is false if there is no such person, or if they have been sent enough
// links lately that still work.
func (s *Store) ActivatePasswordReset(ctx context.Context, args PasswordResetArgs) (p Person, ok bool, err error) {
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		err := tx.Where("email = ?", args.Email).Take(&p).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		hash, l := models.HashSecret(args.Secret), models.ResetsTo
		var others int64
		err = tx.Model(&PasswordReset{}).Where("person_id = ? AND token_hash <> ? AND used_at IS NULL AND created_at > ?", p.ID, hash, now.Add(-l.Per)).Count(&others).Error
		if err != nil || others >= int64(l.Most) {
			return err
		}
		ok = true
		r := PasswordReset{TokenHash: hash, PersonID: p.ID, CreatedAt: now, ExpiresAt: now.Add(PasswordResetLifetime)}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&r).Error
	})
	return p, ok, err
}

// PersonByResetSecret reads a link before it is used, so that the page can name the person.
func (s *Store) PersonByResetSecret(ctx context.Context, secret string) (Person, error) {
	var r PasswordReset
	err := s.db.Read(ctx).Where("token_hash = ?", models.HashSecret(secret)).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Person{}, models.NotFound()
	}
	if err != nil {
		return Person{}, models.Internal("read a link to a new password", err)
	}
	if r.UsedAt != nil || !s.clock().Before(r.ExpiresAt) {
		return Person{}, models.Conflict("accounts.error.reset_expired")
	}
	return s.PersonByID(ctx, r.PersonID)
}

// ResetPassword sets a new password for the person of the link, once. Whoever
// has the link reads the person's mail, so the address counts as confirmed. The
// person is signed out everywhere, other links end, and the second factor
// stays.
func (s *Store) ResetPassword(ctx context.Context, secret, password string) (int64, error) {
	p, err := s.PersonByResetSecret(ctx, secret)
	if err != nil {
		return 0, err
	}
	if err := s.checkNewPassword(ctx, p, "password", password); err != nil {
		return 0, err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return 0, err
	}
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		used := tx.Exec("UPDATE password_resets SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?", now, models.HashSecret(secret), now)
		if used.Error != nil {
			return used.Error
		}
		if used.RowsAffected == 0 {
			return models.Conflict("accounts.error.reset_expired")
		}
		err := tx.Exec("UPDATE people SET email_confirmed_at = coalesce(email_confirmed_at, ?) WHERE id = ?", now, p.ID).Error
		if err == nil && p.EmailConfirmedAt == nil {
			err = tx.Enqueue(EmailConfirmedArgs{p.ID}, nil)
		}
		if err != nil {
			return err
		}
		return s.setPassword(ctx, tx, p.ID, hash, "", "accounts.password_reset")
	})
	if err != nil {
		return 0, err
	}
	return p.ID, s.forgetPasswordTries(ctx, p.ID)
}
