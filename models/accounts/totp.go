package accounts

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Time-based one-time passwords (RFC 6238): six digits, steps of thirty
// seconds, and one step either way for clocks that differ.
const (
	totpStep = 30 * time.Second
	totpSkew = 1
)

// TOTPFactor is a person's second factor.
type TOTPFactor struct {
	PersonID    int64  `gorm:"primaryKey"`
	Secret      string // sealed, see totpPurpose
	LastStep    int64  // the newest time step whose code was used
	CreatedAt   time.Time
	ConfirmedAt *time.Time // nil until a code was entered
}

// TableName is the table's name, for GORM.
func (TOTPFactor) TableName() string { return "totp_factors" }

func totpKeyPurpose(personID int64) string { return fmt.Sprintf("totp_factors.secret %d", personID) }

// TOTPEnrolment is a second factor that is being set up.
type TOTPEnrolment struct {
	Secret string // in base32, as authenticator apps take it
	URL    string // otpauth://, for a QR code
}

// HasSecondFactor says whether a second factor protects the person's account.
func (s *Store) HasSecondFactor(ctx context.Context, personID int64) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Raw("SELECT count(*) FROM totp_factors WHERE person_id = ? AND confirmed_at IS NOT NULL", personID).Scan(&n).Error
	return n > 0, err
}

// BeginTOTPEnrolment creates a secret for the actor's authenticator app. It
// protects nothing until ConfirmTOTPEnrolment; beginning again replaces it.
func (s *Store) BeginTOTPEnrolment(ctx context.Context, actor models.Actor) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "x", AccountName: "x"})
	if err != nil {
		return models.Internal("make a secret", err)
	}
	sealed := s.db.Keys.Seal(totpKeyPurpose(actor.PersonID), []byte(key.Secret()))
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		begun := tx.Exec(`INSERT INTO totp_factors (person_id, secret, created_at) VALUES (?, ?, ?)
			ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at WHERE totp_factors.confirmed_at IS NULL`,
			actor.PersonID, sealed, s.clock())
		if begun.Error == nil && begun.RowsAffected == 0 {
			return models.Conflict("accounts.error.factor_there")
		}
		return begun.Error
	})
}

// PendingTOTPEnrolment reads what BeginTOTPEnrolment has begun; issuer is the site's name.
func (s *Store) PendingTOTPEnrolment(ctx context.Context, actor models.Actor, issuer, account string) (TOTPEnrolment, error) {
	var f TOTPFactor
	err := s.db.Read(ctx).Where("person_id = ? AND confirmed_at IS NULL", actor.PersonID).Take(&f).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return TOTPEnrolment{}, models.NotFound()
	}
	if err != nil {
		return TOTPEnrolment{}, models.Internal("read a second factor", err)
	}
	secret, err := s.db.Keys.Open(totpKeyPurpose(actor.PersonID), f.Secret)
	if errors.Is(err, models.ErrCannotOpenSealed) {
		return TOTPEnrolment{}, models.NotFound() // beginning again replaces it
	}
	if err != nil {
		return TOTPEnrolment{}, models.Internal("open a second factor", err)
	}
	label := strings.NewReplacer("%", "", ":", "", "?", "", "&", "", "/", "").Replace
	return TOTPEnrolment{string(secret), fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s", urlLabel(label(issuer)), urlLabel(label(account)), secret, urlLabel(label(issuer)))}, nil
}

// urlLabel escapes as authenticator apps expect: spaces as %20, not as a plus.
func urlLabel(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// ConfirmTOTPEnrolment turns the actor's second factor on, given the right code from
// the app. It returns recovery codes, which are not shown again, and ends the actor's
// other sessions.
func (s *Store) ConfirmTOTPEnrolment(ctx context.Context, actor models.Actor, code, but string) (recovery []string, err error) {
	err = s.withValidCode(ctx, actor, code, false, func(tx *db.Tx, now time.Time) error {
		err := tx.Exec("UPDATE totp_factors SET confirmed_at = ? WHERE person_id = ?", now, actor.PersonID).Error
		if err != nil {
			return err
		}
		if recovery, err = s.newRecoveryCodes(tx, actor.PersonID, now); err != nil {
			return err
		}
		if err := EndAllSessions(tx, actor.PersonID, but, now); err != nil {
			return err
		}
		return s.recordSecurityChange(ctx, tx, actor.PersonID, "accounts.factor_added", now)
	})
	return recovery, err
}

// RemoveTOTPFactor turns the actor's second factor off, given a valid code.
func (s *Store) RemoveTOTPFactor(ctx context.Context, actor models.Actor, code string) error {
	return s.withValidCode(ctx, actor, code, true, func(tx *db.Tx, now time.Time) error {
		err := firstError(tx.Exec("DELETE FROM totp_factors WHERE person_id = ?", actor.PersonID),
			tx.Exec("DELETE FROM recovery_codes WHERE person_id = ?", actor.PersonID))
		if err != nil {
			return err
		}
		return s.recordSecurityChange(ctx, tx, actor.PersonID, "accounts.factor_removed", now)
	})
}

// RenewRecoveryCodes replaces the actor's recovery codes with ten new ones.
func (s *Store) RenewRecoveryCodes(ctx context.Context, actor models.Actor, code string) (recovery []string, err error) {
	err = s.withValidCode(ctx, actor, code, true, func(tx *db.Tx, now time.Time) error {
		var err error
		if recovery, err = s.newRecoveryCodes(tx, actor.PersonID, now); err != nil {
			return err
		}
		return s.recordSecurityChange(ctx, tx, actor.PersonID, "accounts.recovery_renewed", now)
	})
	return recovery, err
}

// withValidCode changes the actor's second factor, confirmed or pending, if the
// code is right. Wrong codes are limited and audited.
func (s *Store) withValidCode(ctx context.Context, actor models.Actor, code string, confirmed bool, do func(*db.Tx, time.Time) error) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	if err := s.CountUse(ctx, codeLimit(code), db.AuditSubject("person", actor.PersonID)); err != nil {
		return err
	}
	now, right := s.clock(), false
	var f TOTPFactor
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		f = TOTPFactor{}
		err := tx.Where("person_id = ?", actor.PersonID).Take(&f).Error
		if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && (f.ConfirmedAt != nil) != confirmed {
			return models.NotFound()
		}
		if err != nil {
			return err
		}
		if confirmed {
			right, err = s.useCode(ctx, tx, f, code, now)
		} else {
			right, err = s.useTOTP(tx, f, code, now)
		}
		if err != nil {
			return err
		}
		if !right {
			return s.recordWrongCode(ctx, tx, actor.PersonID, now)
		}
		return do(tx, now)
	})
	if err == nil && !right {
		return s.wrongCodeError(f)
	}
	return err
}

// wrongCodeError says that a code is wrong, or that no code of the app can be right any
// more: the error is then also models.ErrCannotOpenSealed.
func (s *Store) wrongCodeError(f TOTPFactor) error {
	if _, err := s.db.Keys.Open(totpKeyPurpose(f.PersonID), f.Secret); err != nil {
		fields := models.Fields{{Field: "code", Key: "accounts.error.factor_sealed"}}
		return &models.Error{Code: models.CodeInvalid, Key: "web.error.invalid", Fields: fields, Cause: err}
	}
	return models.Invalid("code", "accounts.error.code")
}

func (s *Store) recordWrongCode(ctx context.Context, tx *db.Tx, personID int64, now time.Time) error {
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: personID, Action: "accounts.factor_refused", Subject: db.AuditSubject("person", personID)})
}

// codeLimit is the limit of tries of a code: wrong ones of the app don't use up those of
// the recovery codes, which are for when the app is gone.
func codeLimit(code string) models.Limit {
	if len(strings.Join(strings.Fields(code), "")) > 6 {
		return models.RecoveryCodes
	}
	return models.SecondFactors
}

// useCode redeems a code from the app, or a recovery code.
func (s *Store) useCode(ctx context.Context, tx *db.Tx, f TOTPFactor, code string, now time.Time) (bool, error) {
	if right, err := s.useTOTP(tx, f, code, now); right || err != nil {
		return right, err
	}
	return s.useRecoveryCode(ctx, tx, f.PersonID, code, now)
}

// useTOTP redeems a code if it is right for a current time step that is newer
// than the last one used. No code is right for a secret whose key is gone.
func (s *Store) useTOTP(tx *db.Tx, f TOTPFactor, code string, now time.Time) (bool, error) {
	secret, err := s.db.Keys.Open(totpKeyPurpose(f.PersonID), f.Secret)
	if errors.Is(err, models.ErrCannotOpenSealed) {
		return false, nil
	}
	if err != nil {
		return false, models.Internal("open a second factor", err)
	}
	code = strings.Join(strings.Fields(code), "")
	for skew := -totpSkew; skew <= totpSkew; skew++ {
		at := now.Add(time.Duration(skew) * totpStep)
		want, err := totp.GenerateCodeCustom(string(secret), at, totp.ValidateOpts{Period: uint(totpStep / time.Second), Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return false, models.Internal("compute a code", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) != 1 {
			continue
		}
		step := at.Unix() / int64(totpStep/time.Second)
		used := tx.Exec("UPDATE totp_factors SET last_step = ? WHERE person_id = ? AND last_step < ?", step, f.PersonID, step)
		return used.RowsAffected == 1, used.Error
	}
	return false, nil
}
