package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// stepLifetime is how long a sign-in waits for its second request, and maxWrongCodes
// how many wrong codes it takes.
const (
	stepLifetime  = 10 * time.Minute
	maxWrongCodes = 5
)

// SignInStep is a sign-in that a second request must complete, in time and once.
type SignInStep struct {
	TokenHash string `gorm:"primaryKey"`
	Kind      string
	PersonID  *int64
	Way       SignInMethod
	Next      string // where to go afterwards, checked
	Data      string
	Wrong     int // wrong codes so far
	CreatedAt time.Time
	ExpiresAt time.Time
}

// TableName is the table's name, for GORM.
func (SignInStep) TableName() string { return "sign_in_steps" }

// Kinds of SignInStep.
const (
	stepFactor         = "factor"
	stepPasskeyNew     = "passkey_new"
	stepPasskeySignIn  = "passkey_sign_in"
	stepPasskeyConfirm = "passkey_confirm"
)

// beginStep stores a step and returns its secret, which the browser's session holds.
func (s *Store) beginStep(ctx context.Context, step SignInStep) (secret string, err error) {
	secret, now := models.NewSecret(), s.clock()
	step.TokenHash, step.CreatedAt, step.ExpiresAt = models.HashSecret(secret), now, now.Add(stepLifetime)
	return secret, s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Create(&step).Error })
}

// BeginSecondFactor says whether a sign-in still needs the second factor. If so,
// it returns the secret of the step that asks for it; no session begins before
// that. A passkey is two factors by itself.
func (s *Store) BeginSecondFactor(ctx context.Context, personID int64, way SignInMethod, next string) (secret string, waits bool, err error) {
	if way == WayPasskey {
		return "", false, nil
	}
	if waits, err = s.HasSecondFactor(ctx, personID); err != nil || !waits {
		return "", false, err
	}
	secret, err = s.beginStep(ctx, SignInStep{Kind: stepFactor, PersonID: &personID, Way: way, Next: next})
	return secret, true, err
}

func errBeginAnew() error { return models.Conflict("accounts.error.begin_anew") }

// SecondFactorStep reads a sign-in that waits for its second factor.
func (s *Store) SecondFactorStep(ctx context.Context, secret string) (SignInStep, error) {
	var step SignInStep
	err := s.db.Read(ctx).Where("token_hash = ? AND kind = ? AND wrong < ? AND expires_at > ?", models.HashSecret(secret), stepFactor, maxWrongCodes, s.clock()).Take(&step).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return step, errBeginAnew()
	}
	return step, err
}

// FinishSecondFactor checks the code of a sign-in that waits for it. After too
// many wrong codes, or too late, signing in has to start over.
func (s *Store) FinishSecondFactor(ctx context.Context, secret, code string) (SignInStep, error) {
	step, err := s.SecondFactorStep(ctx, secret)
	if err != nil {
		return step, err
	}
	limit := codeLimit(code)
	if err := s.CountUse(ctx, limit, db.AuditSubject("person", *step.PersonID)); err != nil {
		return step, err
	}
	now, right := s.clock(), false
	var f TOTPFactor
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		tried := tx.Raw("UPDATE sign_in_steps SET wrong = wrong + 1 WHERE token_hash = ? AND wrong < ? AND expires_at > ? RETURNING *", step.TokenHash, maxWrongCodes, now).Scan(&step)
		if tried.Error != nil {
			return tried.Error
		}
		if tried.RowsAffected == 0 {
			return errBeginAnew()
		}
		f = TOTPFactor{}
		if err := tx.Where("person_id = ? AND confirmed_at IS NOT NULL", *step.PersonID).Take(&f).Error; err != nil {
			return err
		}
		if right, err = s.useCode(ctx, tx, f, code, now); err != nil {
			return err
		}
		if !right {
			return s.recordWrongCode(ctx, tx, *step.PersonID, now)
		}
		return tx.Exec("DELETE FROM sign_in_steps WHERE token_hash = ?", step.TokenHash).Error
	})
	switch {
	case err != nil:
		return step, err
	case right:
		return step, s.db.ResetUses(ctx, limit, db.AuditSubject("person", *step.PersonID))
	case step.Wrong >= maxWrongCodes:
		return step, errBeginAnew()
	}
	return step, s.wrongCodeError(f)
}
