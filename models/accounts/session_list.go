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
	Way        Way
	Address    string // the network, see ShortAddress
	Agent      string // browser and system in words, "" when unknown
	SignedInAt time.Time
	LastSeenAt time.Time
}

// BrowserSessions is the store of sessions, for the session manager.
func (s *Store) BrowserSessions() Sessions {
	return Sessions{DB: s.db, Clock: s.clock, Limits: s.SessionLimits}
}

// Sessions lists where the actor is signed in, the latest visit first.
func (s *Store) Sessions(ctx context.Context, actor models.Actor) ([]BrowserSession, error) {
	if !actor.SignedIn() {
		return nil, models.SignInFirst()
	}
	idle := s.BrowserSessions().limits().Idle
	if actor.Admin {
		idle = s.BrowserSessions().limits().AdminIdle
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

// EndSession signs the actor out in one browser.
func (s *Store) EndSession(ctx context.Context, actor models.Actor, publicID string) error {
	if !actor.SignedIn() {
		return models.SignInFirst()
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
		return tx.Audit(ctx, db.Event{At: now, PersonID: actor.PersonID, Action: "accounts.session_ended", Subject: db.Subject("person", actor.PersonID)})
	})
}

// EndOtherSessions signs the actor out everywhere but in the browser whose
// session has that public id.
func (s *Store) EndOtherSessions(ctx context.Context, actor models.Actor, but string) error {
	if !actor.SignedIn() {
		return models.SignInFirst()
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := EndSessions(tx, actor.PersonID, but, now); err != nil {
			return err
		}
		return tx.Audit(ctx, db.Event{At: now, PersonID: actor.PersonID, Action: "accounts.sessions_ended", Subject: db.Subject("person", actor.PersonID)})
	})
}

// EndSessions signs a person out everywhere, within a transaction: of a change
// of her password, a suspension, an erasure. The session with the public id
// but, if any, goes on. Sign-ins that wait for a second factor end too.
func EndSessions(tx *db.Tx, personID int64, but string, now time.Time) error {
	return firstErr(tx.Exec(endedSession+"person_id = ? AND public_id <> ?", now, personID, but),
		tx.Exec("DELETE FROM sign_in_steps WHERE person_id = ?", personID))
}
