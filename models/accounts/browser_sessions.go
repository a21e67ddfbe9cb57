package accounts

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// BrowserSession is a browser in which a person is signed in.
type BrowserSession struct {
	PublicID   string
	Way        SignInMethod
	Address    string // the network, see ShortAddress
	Agent      string // browser and system in words, "" when unknown
	SignedInAt time.Time
	LastSeenAt time.Time
}

// SessionStore returns the store of sessions for the session manager.
func (s *Store) SessionStore() SessionStore {
	return SessionStore{DB: s.db, Clock: s.clock, Limits: s.SessionLimits}
}

// BrowserSessions lists where the actor is signed in, the latest visit first.
func (s *Store) BrowserSessions(ctx context.Context, actor models.Actor) ([]BrowserSession, error) {
	if !actor.SignedIn() {
		return nil, models.SignInRequired()
	}
	idle := s.SessionStore().effectiveLimits().Idle
	if actor.Admin {
		idle = s.SessionStore().effectiveLimits().AdminIdle
	}
	var all []BrowserSession
	now := s.clock()
	err := s.db.Read(ctx).Raw(`SELECT public_id, way, address, agent, signed_in_at, last_seen_at FROM sessions
		WHERE person_id = ? AND ended_at IS NULL AND expiry > ? AND last_seen_at > ? ORDER BY last_seen_at DESC, public_id`,
		actor.PersonID, now, now.Add(-idle)).Scan(&all).Error
	if err != nil {
		return nil, models.Internal("list sessions", err)
	}
	return all, nil
}

// EndBrowserSession signs the actor out in one browser.
func (s *Store) EndBrowserSession(ctx context.Context, actor models.Actor, publicID string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		ended := tx.Exec(endedSession+"person_id = ? AND public_id = ?", now, actor.PersonID, publicID)
		if ended.Error != nil {
			return ended.Error
		}
		if ended.RowsAffected == 0 {
			return models.NotFound()
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "accounts.session_ended", Subject: db.AuditSubject("person", actor.PersonID)})
	})
}

// EndOtherBrowserSessions signs the actor out everywhere but in the browser whose
// session has that public id.
func (s *Store) EndOtherBrowserSessions(ctx context.Context, actor models.Actor, but string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := EndAllSessions(tx, actor.PersonID, but, now); err != nil {
			return err
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "accounts.sessions_ended", Subject: db.AuditSubject("person", actor.PersonID)})
	})
}

// EndAllSessions signs a person out everywhere, within the transaction of a new
// password, a suspension or an erasure. The session with the public id but, if
// any, goes on. Sign-ins that wait for a second factor end too.
func EndAllSessions(tx *db.Tx, personID int64, but string, now time.Time) error {
	return firstError(tx.Exec(endedSession+"person_id = ? AND public_id <> ?", now, personID, but),
		tx.Exec("DELETE FROM sign_in_steps WHERE person_id = ?", personID))
}
