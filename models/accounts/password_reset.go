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

// PasswordResetLifetime is how long a link to a new password works.
const PasswordResetLifetime = time.Hour

// PasswordResetArgs is the job that mails a link to a new password, if the address is
// somebody's. Whether it is, only the job finds out, so that the page that asks
// for it answers the same, and as fast. The link's secret stands in the job alone.
type PasswordResetArgs struct {
	Email  string `json:"email"`
	Secret string `json:"secret"`
}

// Kind is River's name of the job.
func (PasswordResetArgs) Kind() string { return "accounts.reset" }

// PasswordReset is a link to a new password that was sent.
type PasswordReset struct {
	TokenHash string `gorm:"primaryKey"`
	PersonID  int64
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName is GORM's.
func (PasswordReset) TableName() string { return "password_resets" }

// RequestPasswordReset lets a link to a new password be sent to the address, if it is
// somebody's.
func (s *Store) RequestPasswordReset(ctx context.Context, email string) error {
	address, ok := ParseEmail(email)
	if !ok {
		return models.Invalid("email", "accounts.error.email")
	}
	if err := s.CountUse(ctx, models.MailsTo, address); err != nil {
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

// ActivatePasswordReset is the job's: it gives the person who has the address, and lets
// the link work from now on. Without such a person ok is false.
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
		ok = true
		r := PasswordReset{TokenHash: models.HashSecret(args.Secret), PersonID: p.ID, CreatedAt: now, ExpiresAt: now.Add(PasswordResetLifetime)}
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

// ResetPassword gives the person of the link a new password, once. Who has the
// link reads her mails, so that the address counts as confirmed. She is signed
// out everywhere, other links end, and her second factor stays.
func (s *Store) ResetPassword(ctx context.Context, secret, password string) (int64, error) {
	p, err := s.PersonByResetSecret(ctx, secret)
	if err != nil {
		return 0, err
	}
	if err := s.checkNewPassword(ctx, p, "password", password); err != nil {
		return 0, err
	}
	hash, now := hashPassword(password), s.clock()
	return p.ID, s.db.Tx(ctx, func(tx *db.Tx) error {
		used := tx.Exec("UPDATE password_resets SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?", now, models.HashSecret(secret), now)
		if used.Error != nil {
			return used.Error
		}
		if used.RowsAffected == 0 {
			return models.Conflict("accounts.error.reset_expired")
		}
		err := tx.Exec("UPDATE people SET email_confirmed_at = coalesce(email_confirmed_at, ?) WHERE id = ?", now, p.ID).Error
		if err != nil {
			return err
		}
		return s.setPassword(ctx, tx, p.ID, hash, "", "accounts.password_reset")
	})
}
