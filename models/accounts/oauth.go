package accounts

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// signInWithin is how long a sign-in that began at a platform may take.
const signInWithin = 10 * time.Minute

// OAuthState is a sign-in that has begun. Its key is random, kept as a hash,
// used once, and bound to one browser and one provider.
type OAuthState struct {
	StateHash   string `gorm:"primaryKey"`
	Provider    string
	BrowserHash string
	Session     string // goth's, as it marshals it
	Next        string // where to go afterwards
	ExpiresAt   time.Time
}

// TableName is GORM's.
func (OAuthState) TableName() string { return "oauth_states" }

// BeginOAuth keeps a sign-in that begins. state and browser are secrets;
// session is goth's.
func (s *Store) BeginOAuth(ctx context.Context, provider, state, browser, session, next string) error {
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("DELETE FROM oauth_states WHERE expires_at < ?", now).Error; err != nil {
			return err
		}
		return tx.Create(&OAuthState{models.HashSecret(state), provider, models.HashSecret(browser), session, next, now.Add(signInWithin)}).Error
	})
}

// EndOAuth takes a sign-in that had begun: once, in the browser and with the
// provider where it began, and in time. Anything else is one refusal.
func (s *Store) EndOAuth(ctx context.Context, provider, state, browser string) (OAuthState, error) {
	var st OAuthState
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Raw("DELETE FROM oauth_states WHERE state_hash = ? AND provider = ? AND browser_hash = ? RETURNING *",
			models.HashSecret(state), provider, models.HashSecret(browser)).Scan(&st).Error
	})
	if err != nil {
		return st, models.Internal("take the sign-in's state", err)
	}
	if st.StateHash == "" || !s.clock().Before(st.ExpiresAt) {
		return st, &models.Error{Code: models.CodeInvalid, Key: "accounts.error.oauth_state"}
	}
	return st, nil
}
