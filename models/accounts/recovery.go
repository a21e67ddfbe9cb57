package accounts

import (
	"context"
	"strconv"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// recoveryCodes is how many there are at a time.
const recoveryCodes = 10

// RecoveryCode lets somebody in once whose second factor is out of reach.
type RecoveryCode struct {
	PersonID   int64  `gorm:"primaryKey"`
	CodeDigest string `gorm:"primaryKey"` // keyed, since a code is short
	CreatedAt  time.Time
	UsedAt     *time.Time
}

// TableName is GORM's.
func (RecoveryCode) TableName() string { return "recovery_codes" }

func (s *Store) recoveryDigest(personID int64, code string) string {
	return s.db.Keys.Digest("recovery_codes.code_digest "+strconv.FormatInt(personID, 10), code)
}

// newRecoveryCodes replaces a person's recovery codes. Only their digests stay.
func (s *Store) newRecoveryCodes(tx *db.Tx, personID int64, now time.Time) ([]string, error) {
	if err := tx.Exec("DELETE FROM recovery_codes WHERE person_id = ?", personID).Error; err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		id := models.NewPublicID() // ten signs, 28^10
		codes[i] = id[:5] + "-" + id[5:]
		if err := tx.Create(&RecoveryCode{PersonID: personID, CodeDigest: s.recoveryDigest(personID, id), CreatedAt: now}).Error; err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// useRecoveryCode takes one, once, and tells the person.
func (s *Store) useRecoveryCode(ctx context.Context, tx *db.Tx, personID int64, code string, now time.Time) (bool, error) {
	plain := strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(strings.TrimSpace(code)))
	used := tx.Exec("UPDATE recovery_codes SET used_at = ? WHERE person_id = ? AND code_digest = ? AND used_at IS NULL", now, personID, s.recoveryDigest(personID, plain))
	if used.Error != nil || used.RowsAffected == 0 {
		return false, used.Error
	}
	return true, s.noted(ctx, tx, personID, "accounts.recovery_used", now)
}

// RecoveryLeft is how many of the actor's recovery codes were not used.
func (s *Store) RecoveryLeft(ctx context.Context, actor models.Actor) (n int, err error) {
	err = s.db.Read(ctx).Raw("SELECT count(*) FROM recovery_codes WHERE person_id = ? AND used_at IS NULL", actor.PersonID).Scan(&n).Error
	return n, err
}
