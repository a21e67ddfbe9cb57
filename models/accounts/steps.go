package accounts

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// stepWithin is how long a sign-in waits for its second request, and mostWrong
// how many wrong codes it takes.
const (
	stepWithin = 10 * time.Minute
	mostWrong  = 5
)

// Step is what a second request must finish: it is in time, and works once.
type Step struct {
	TokenHash string `gorm:"primaryKey"`
	Kind      string
	PersonID  *int64
	Way       Way
	Next      string // where to go afterwards, checked
	Data      string
	Wrong     int // codes so far
	CreatedAt time.Time
	ExpiresAt time.Time
}

// TableName is GORM's.
func (Step) TableName() string { return "sign_in_steps" }

// Kinds of Step.
const (
	stepFactor         = "factor"
	stepPasskeyNew     = "passkey_new"
	stepPasskeySignIn  = "passkey_sign_in"
	stepPasskeyConfirm = "passkey_confirm"
)

// beginStep keeps a step and gives its secret, which the browser's session holds.
func (s *Store) beginStep(ctx context.Context, step Step) (secret string, err error) {
	secret, now := models.NewSecret(), s.clock()
	step.TokenHash, step.CreatedAt, step.ExpiresAt = models.HashSecret(secret), now, now.Add(stepWithin)
	return secret, s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Create(&step).Error })
}

// WaitsForFactor says whether a sign-in needs the second factor still. It then
// gives the secret of the step that asks for it; no session begins before.
// A passkey is two factors by itself.
func (s *Store) WaitsForFactor(ctx context.Context, personID int64, way Way, next string) (secret string, waits bool, err error) {
	if way == WayPasskey {
		return "", false, nil
	}
	if waits, err = s.HasFactor(ctx, personID); err != nil || !waits {
		return "", false, err
	}
	secret, err = s.beginStep(ctx, Step{Kind: stepFactor, PersonID: &personID, Way: way, Next: next})
	return secret, true, err
}

func beginAnew() error { return models.Conflict("accounts.error.begin_anew") }

// FactorStep reads a sign-in that waits for its second factor.
func (s *Store) FactorStep(ctx context.Context, secret string) (Step, error) {
	var step Step
	err := s.db.Read(ctx).Where("token_hash = ? AND kind = ? AND wrong < ? AND expires_at > ?", models.HashSecret(secret), stepFactor, mostWrong, s.clock()).Take(&step).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return step, beginAnew()
	}
	return step, err
}

// FinishFactor takes the code of a sign-in that waits for it. After the last
// wrong one, or too late, it has to begin anew.
func (s *Store) FinishFactor(ctx context.Context, secret, code string) (Step, error) {
	step, err := s.FactorStep(ctx, secret)
	if err != nil {
		return step, err
	}
	if err := s.Within(ctx, models.SecondFactors, db.Subject("person", *step.PersonID)); err != nil {
		return step, err
	}
	now, right := s.clock(), false
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		tried := tx.Raw("UPDATE sign_in_steps SET wrong = wrong + 1 WHERE token_hash = ? AND wrong < ? AND expires_at > ? RETURNING *", step.TokenHash, mostWrong, now).Scan(&step)
		if tried.Error != nil {
			return tried.Error
		}
		if tried.RowsAffected == 0 {
			return beginAnew()
		}
		var f TOTPFactor
		if err := tx.Where("person_id = ? AND confirmed_at IS NOT NULL", *step.PersonID).Take(&f).Error; err != nil {
			return err
		}
		if right, err = s.useCode(ctx, tx, f, code, now); err != nil {
			return err
		}
		if !right {
			return s.factorRefused(ctx, tx, *step.PersonID, now)
		}
		return tx.Exec("DELETE FROM sign_in_steps WHERE token_hash = ?", step.TokenHash).Error
	})
	switch {
	case err != nil:
		return step, err
	case right:
		return step, s.db.Forget(ctx, models.SecondFactors, db.Subject("person", *step.PersonID))
	case step.Wrong >= mostWrong:
		return step, beginAnew()
	}
	return step, models.Invalid("code", "accounts.error.code")
}
