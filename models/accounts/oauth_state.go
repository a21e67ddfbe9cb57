package accounts

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// oauthLifetime is how long a sign-in that began at a platform may take.
const oauthLifetime = 10 * time.Minute

// OAuthPurpose is why somebody was sent to a platform or an OpenID Connect provider.
type OAuthPurpose string

// The purposes. Connecting and confirming are a signed-in person's: she alone
// may come back from them.
const (
	ToSignIn  OAuthPurpose = "sign_in"
	ToConnect OAuthPurpose = "connect" // add what was signed in with to the person who asked
	ToConfirm OAuthPurpose = "confirm" // show that it is still her
)

// OAuthState is a sign-in that has begun. Its key is random, kept as a hash,
// used once, and bound to one browser and one provider.
type OAuthState struct {
	StateHash   string `gorm:"primaryKey"`
	Provider    string
	BrowserHash string
	Session     string // goth's, as it marshals it
	Next        string // where to go afterwards
	ExpiresAt   time.Time
	Purpose     OAuthPurpose
	PersonID    *int64 // who began; nil to sign in
}

// TableName is GORM's.
func (OAuthState) TableName() string { return "oauth_states" }

// OAuthStart is what is kept of a sign-in that begins. State and Browser are
// secrets; Session is goth's.
type OAuthStart struct {
	Provider, State, Browser, Session, Next string
	Purpose                                 OAuthPurpose
}

// BeginOAuth keeps a sign-in that begins. Only somebody signed in begins
// another purpose than to sign in.
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

// EndOAuth takes a sign-in that had begun: once, in the browser and with the
// provider where it began, in time, and by the person who began it. Anything
// else is one refusal.
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
