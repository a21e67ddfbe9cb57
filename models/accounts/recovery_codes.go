package accounts

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// recoveryCodeCount is how many recovery codes a person gets at a time.
const recoveryCodeCount = 10

// RecoveryCode replaces the second factor once, for a person who has lost it.
type RecoveryCode struct {
	PersonID   int64  `gorm:"primaryKey"`
	CodeDigest string `gorm:"primaryKey"` // keyed, since a code is short
	CreatedAt  time.Time
	UsedAt     *time.Time
}

// TableName is the table's name, for GORM.
func (RecoveryCode) TableName() string { return "recovery_codes" }

func (s *Store) recoveryDigest(personID int64, code string) string {
	return s.db.Keys.Digest("recovery_codes.code_digest "+strconv.FormatInt(personID, 10), code)
}

// newRecoveryCodes replaces a person's recovery codes. Only their digests are stored.
func (s *Store) newRecoveryCodes(tx *db.Tx, personID int64, now time.Time) ([]string, error) {
	if err := tx.Exec("DELETE FROM recovery_codes WHERE person_id = ?", personID).Error; err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodeCount)
	for i := range codes {
		id := models.NewPublicID() // ten characters, 28^10
		codes[i] = id[:5] + "-" + id[5:]
		if err := tx.Create(&RecoveryCode{PersonID: personID, CodeDigest: s.recoveryDigest(personID, id), CreatedAt: now}).Error; err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// useRecoveryCode redeems a recovery code, once, and notifies the person.
func (s *Store) useRecoveryCode(ctx context.Context, tx *db.Tx, personID int64, code string, now time.Time) (bool, error) {
	plain := strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(strings.TrimSpace(code)))
	used := tx.Exec("UPDATE recovery_codes SET used_at = ? WHERE person_id = ? AND code_digest = ? AND used_at IS NULL", now, personID, s.recoveryDigest(personID, plain))
	if used.Error != nil || used.RowsAffected == 0 {
		return false, used.Error
	}
	return true, s.recordSecurityChange(ctx, tx, personID, "accounts.recovery_used", now)
}

// AccountProtection is how an account is protected beyond its password.
type AccountProtection struct {
	Factor       bool // a second factor is on
	RecoveryLeft int  // recovery codes that were not used
}

// AccountProtectionOf reads how the actor's account is protected.
func (s *Store) AccountProtectionOf(ctx context.Context, actor models.Actor) (p AccountProtection, err error) {
	err = s.db.Read(ctx).Raw(`SELECT EXISTS (SELECT 1 FROM totp_factors WHERE person_id = @person AND confirmed_at IS NOT NULL) AS factor,
		(SELECT count(*) FROM recovery_codes WHERE person_id = @person AND used_at IS NULL) AS recovery_left`,
		sql.Named("person", actor.PersonID)).Scan(&p).Error
	return p, err
}
