package creators

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// ConnectionState says whether an account can still be read.
type ConnectionState string

// The states: there is a token, or the owner has to connect again.
const (
	ConnectionGood      ConnectionState = "good"
	ConnectionReconnect ConnectionState = "reconnect"
)

// LossReason says why an account no longer has a token.
type LossReason string

// The reasons.
const (
	LossMissing LossReason = "missing" // there never was one
	LossRefused LossReason = "refused" // the platform no longer accepts it
	LossCrash   LossReason = "lost"    // the program crashed between refreshing it and storing the new one
	LossRemoved LossReason = "removed" // the owner revoked it at the platform
	LossScope   LossReason = "scope"   // a required permission was revoked
	LossSealed  LossReason = "sealed"  // it cannot be opened: its key is gone
)

// AccountToken is what a creator has granted on a platform, and when it is used
// next. Access and Refresh are sealed.
type AccountToken struct {
	AccountID        int64 `gorm:"primaryKey"`
	State            ConnectionState
	Reason           LossReason
	Since            *time.Time // since when it is lost
	Access           *string
	Refresh          *string
	Scopes           string // separated by spaces
	GrantedAt        time.Time
	ExpiresAt        *time.Time
	RefreshExpiresAt *time.Time
	RefreshAt        *time.Time // when it is refreshed
	RefreshFailures  int        // in a row
	LeaseID          *string    // who is refreshing it
	LeaseUntil       *time.Time
	ValidateAt       *time.Time // when to validate it with the platform next
	ReadAt           *time.Time // when the figures are read next
	ReadUntil        *time.Time // until when a node has claimed the reading
	ReadFailures     int        // in a row
}

// TableName is the table's name, for GORM.
func (AccountToken) TableName() string { return "account_tokens" }

// tokenRefreshTime is when a token issued now is refreshed: after four fifths of its
// lifetime. One without a known expiry is used as long as it works.
func tokenRefreshTime(now time.Time, t PlatformToken) *time.Time {
	if t.ExpiresAt.IsZero() {
		return nil
	}
	return storedTime(now.Add(max(0, t.ExpiresAt.Sub(now)/5*4)))
}

// validationInterval is how often a platform requires tokens to be validated:
// Twitch, every hour (dev.twitch.tv/docs/authentication/validate-tokens).
func validationInterval(name string) time.Duration {
	if name == platform.Twitch {
		return time.Hour
	}
	return 0
}

// storedTime returns a time as both databases store it; nil for none.
func storedTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return new(t.UTC().Truncate(time.Microsecond))
}

// tokenPurpose binds a sealed token to its table, column and account.
func tokenPurpose(column string, accountID int64) string {
	return fmt.Sprintf("account_tokens.%s %d", column, accountID)
}

func (s *Store) sealToken(column string, accountID int64, text string) *string {
	if text == "" {
		return nil
	}
	return new(s.db.Keys.Seal(tokenPurpose(column, accountID), []byte(text)))
}

// setToken replaces the row's token, sealing the new one.
func (s *Store) setToken(row *AccountToken, t PlatformToken, now time.Time) {
	row.Access = s.sealToken("access", row.AccountID, t.Access)
	if t.Refresh != "" || row.Refresh == nil {
		row.Refresh = s.sealToken("refresh", row.AccountID, t.Refresh)
	}
	if t.Scopes != nil {
		row.Scopes = strings.Join(slices.Sorted(slices.Values(t.Scopes)), " ")
	}
	row.ExpiresAt, row.RefreshAt = storedTime(t.ExpiresAt), tokenRefreshTime(now, t)
	if !t.RefreshExpiresAt.IsZero() {
		row.RefreshExpiresAt = storedTime(t.RefreshExpiresAt)
	}
	row.RefreshFailures, row.LeaseID, row.LeaseUntil = 0, nil, nil
}

// openToken unseals the token. Its error is models.ErrSealed.
func (s *Store) openToken(row AccountToken) (PlatformToken, error) {
	if row.Access == nil {
		return PlatformToken{}, models.ErrCannotOpenSealed
	}
	t := PlatformToken{}
	access, err := s.db.Keys.Open(tokenPurpose("access", row.AccountID), *row.Access)
	if err != nil {
		return t, err
	}
	t.Access = string(access)
	if row.Refresh != nil {
		refresh, err := s.db.Keys.Open(tokenPurpose("refresh", row.AccountID), *row.Refresh)
		if err != nil {
			return t, err
		}
		t.Refresh = string(refresh)
	}
	if row.Scopes != "" {
		t.Scopes = strings.Fields(row.Scopes)
	}
	if row.ExpiresAt != nil {
		t.ExpiresAt = *row.ExpiresAt
	}
	if row.RefreshExpiresAt != nil {
		t.RefreshExpiresAt = *row.RefreshExpiresAt
	}
	return t, nil
}

// saveToken stores what a creator has just granted for an account. If no token
// came with it, an existing one stays.
func (s *Store) saveToken(tx *db.Tx, a Account, t PlatformToken, now time.Time) error {
	row, known, err := readToken(tx, a.ID)
	if err != nil {
		return err
	}
	if t.Access == "" {
		if known {
			return nil
		}
		return tx.Create(&AccountToken{AccountID: a.ID, State: ConnectionReconnect, Reason: LossMissing, Since: &now, GrantedAt: now}).Error
	}
	next := nextReadingTime(a.ID, now)
	row = AccountToken{AccountID: a.ID, State: ConnectionGood, GrantedAt: now, ReadAt: &next}
	if every := validationInterval(a.Platform); every > 0 {
		row.ValidateAt = new(now.Add(every))
	}
	s.setToken(&row, t, now)
	return saveRow(tx, &row)
}

// readToken reads the row of an account.
func readToken(tx *db.Tx, accountID int64) (AccountToken, bool, error) {
	var row AccountToken
	err := tx.Where("account_id = ?", accountID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, false, nil
	}
	return row, err == nil, err
}

// LostConnectionArgs says which connection was lost, and when.
type LostConnectionArgs struct {
	AccountID int64     `json:"account_id"`
	Since     time.Time `json:"since"`
}

// loseConnection drops an account's token; the owner is asked to connect again. It
// does nothing if there is no token.
func (s *Store) loseConnection(ctx context.Context, tx *db.Tx, accountID int64, reason LossReason, now time.Time) (bool, error) {
	done := tx.Exec(`UPDATE account_tokens SET state = ?, reason = ?, since = ?, access = NULL, refresh = NULL, refresh_at = NULL, expires_at = NULL,
			refresh_expires_at = NULL, lease_id = NULL, lease_until = NULL, validate_at = NULL, read_at = NULL, read_until = NULL
		WHERE account_id = ? AND state = ?`, ConnectionReconnect, reason, now, accountID, ConnectionGood)
	if done.Error != nil || done.RowsAffected == 0 {
		return false, done.Error
	}
	err := tx.WriteAudit(ctx, db.AuditEntry{At: now, Action: "creators.connection_lost", Subject: db.AuditSubject("account", accountID), Detail: map[string]string{"reason": string(reason)}})
	if err != nil {
		return false, err
	}
	var creatorID int64
	if err := tx.Model(&Account{}).Select("creator_id").Where("id = ?", accountID).Scan(&creatorID).Error; err != nil {
		return false, err
	}
	return true, errors.Join(s.removeRefusedThumbnails(tx, creatorID), notifyLostConnection(tx, LostConnectionArgs{accountID, now}))
}
