package accounts

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// oauthLifetime is how long a sign-in that began at a platform may take.
const oauthLifetime = 10 * time.Minute

// OAuthPurpose is why a person was sent to a platform or an OpenID Connect provider.
type OAuthPurpose string

// The purposes. Connecting and confirming belong to a signed-in person: nobody
// else may come back from them.
const (
	ToSignIn  OAuthPurpose = "sign_in"
	ToConnect OAuthPurpose = "connect" // add the identity to the person who asked
	ToConfirm OAuthPurpose = "confirm" // prove that it is still the same person
)

// OAuthState is a sign-in in progress. Its key is random, stored as a hash,
// used once, and bound to one browser and one provider.
type OAuthState struct {
	StateHash   string `gorm:"primaryKey"`
	Provider    string
	BrowserHash string
	Session     string // goth's, as it marshals it
	Next        string // where to go afterwards
	ExpiresAt   time.Time
	Purpose     OAuthPurpose
	PersonID    *int64 // who began it; nil for signing in
}

// TableName is the table's name, for GORM.
func (OAuthState) TableName() string { return "oauth_states" }

// OAuthStart is a sign-in to begin. State and Browser are secrets; Session is
// goth's.
type OAuthStart struct {
	Provider, State, Browser, Session, Next string
	Purpose                                 OAuthPurpose
}

// BeginOAuth stores a sign-in that begins. Any purpose but signing in requires
// a signed-in person.
func (s *Store) BeginOAuth(ctx context.Context, actor models.Actor, o OAuthStart) error {
	now := s.clock()
	st := OAuthState{
		StateHash: models.HashSecret(o.State), Provider: o.Provider, BrowserHash: models.HashSecret(o.Browser),
		Session: o.Session, Next: o.Next, ExpiresAt: now.Add(oauthLifetime), Purpose: o.Purpose,
	}
	if o.Purpose != ToSignIn {
		if !actor.SignedIn() {
			return models.SignInRequired()
		}
		st.PersonID = &actor.PersonID
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("DELETE FROM oauth_states WHERE expires_at < ?", now).Error; err != nil {
			return err
		}
		return tx.Create(&st).Error
	})
}

// EndOAuth redeems a sign-in in progress: once, in the same browser and with
// the same provider, in time, and by the person who began it. Everything else
// gets the same refusal.
func (s *Store) EndOAuth(ctx context.Context, actor models.Actor, provider, state, browser string) (OAuthState, error) {
	var st OAuthState
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Raw("DELETE FROM oauth_states WHERE state_hash = ? AND provider = ? AND browser_hash = ? RETURNING *",
			models.HashSecret(state), provider, models.HashSecret(browser)).Scan(&st).Error
	})
	if err != nil {
		return st, models.Internal("take the sign-in's state", err)
	}
	if st.PersonID != nil && *st.PersonID != actor.PersonID {
		st = OAuthState{}
	}
	if st.StateHash == "" || !s.clock().Before(st.ExpiresAt) {
		return OAuthState{Next: st.Next, Purpose: st.Purpose}, &models.Error{Code: models.CodeInvalid, Key: "accounts.error.oauth_state"}
	}
	return st, nil
}
