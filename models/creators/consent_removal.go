package creators

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// RemovalRecord records a removal that a platform reported, without saying whose.
type RemovalRecord struct {
	Code       string `gorm:"primaryKey"`
	Platform   string
	UserDigest string // keyed hash of the platform's user id
	Kind       RemovalKind
	At         time.Time // when it happened there
	ReceivedAt time.Time
	DoneAt     time.Time
}

// TableName is the table's name, for GORM.
func (RemovalRecord) TableName() string { return "removals" }

// ApplyRemoval carries out a removal that a platform asks for: either the token
// is deleted and the figures grow old, or all data on the account is deleted and
// the creator can no longer sign in with it. A repeated message has no further
// effect, and one older than the present consent has none. Whoever holds the code
// can look up the outcome, see RemovalStatus.
func (s *Store) ApplyRemoval(ctx context.Context, platform string, r ConsentRemoval) (string, error) {
	now := s.clock()
	if r.At.IsZero() || r.At.After(now) {
		r.At = now
	}
	row := RemovalRecord{
		Code: models.NewPublicID() + models.NewPublicID(), Platform: platform, UserDigest: s.db.Keys.Digest("removals.user_digest", platform+" "+r.UserID),
		Kind: r.Kind, At: r.At.UTC().Truncate(time.Microsecond), ReceivedAt: now, DoneAt: now,
	}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return tx.Model(&RemovalRecord{}).Select("code").Where("platform = ? AND user_digest = ? AND kind = ? AND at = ?", platform, row.UserDigest, row.Kind, row.At).Scan(&row.Code).Error
		}
		return s.applyRemoval(ctx, tx, platform, r, now)
	})
	if err != nil {
		return "", models.Internal("do what a removal of "+platform+" asks for", err)
	}
	return row.Code, nil
}

func (s *Store) applyRemoval(ctx context.Context, tx *db.Tx, platform string, r ConsentRemoval, now time.Time) error {
	a, c, err := lockAccountByUserID(tx, platform, r.UserID)
	if err != nil || a.ID == 0 {
		return err
	}
	token, known, err := readToken(tx, a.ID)
	if err != nil || known && token.GrantedAt.Truncate(time.Second).After(r.At) {
		return err
	}
	if r.Kind == ConsentRemoved {
		_, err := s.loseConnection(ctx, tx, a.ID, LossRemoved, now)
		return err
	}
	if err := accounts.ForgetIdentity(tx, platform, r.UserID); err != nil {
		return err
	}
	if err := s.deleteAccount(tx, &c, a, now); err != nil {
		return err
	}
	return tx.WriteAudit(ctx, db.AuditEntry{At: now, Action: "creators.data_removed", Subject: db.AuditSubject("account", a.ID), Detail: map[string]string{"platform": platform}})
}

// lockAccountByUserID finds and locks the account with a platform's user id, and its
// profile. Its ID is 0 if there is none.
func lockAccountByUserID(tx *db.Tx, platform, userID string) (Account, Creator, error) {
	var c Creator
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("id = (SELECT creator_id FROM creator_accounts WHERE platform = ? AND platform_user_id = ?)", platform, userID).Take(&c).Error
	var a Account
	if err == nil {
		err = tx.Where("platform = ? AND platform_user_id = ?", platform, userID).Take(&a).Error
	}
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Account{}, Creator{}, nil
	}
	return a, c, err
}

// RemovalStatus reads the outcome of the removal with a code.
func (s *Store) RemovalStatus(ctx context.Context, code string) (RemovalRecord, error) {
	var row RemovalRecord
	err := s.db.Read(ctx).Where("code = ?", code).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, models.NotFound()
	}
	if err != nil {
		return row, models.Internal("read a removal", err)
	}
	return row, nil
}
