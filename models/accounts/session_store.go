package accounts

import (
	"bytes"
	"context"
	"encoding/gob"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// How long sessions last unless the configuration says otherwise: without a
// visit, since sign-in at the most, and without a visit of an administrator.
const (
	SessionIdle      = 14 * 24 * time.Hour
	SessionAbsolute  = 30 * 24 * time.Hour
	SessionAdminIdle = 12 * time.Hour
)

// anonymousSessionLifetime is how long a session lasts in which nobody has signed in.
const anonymousSessionLifetime = 24 * time.Hour

// LastSeenInterval is how often a visit is stored at most, so that not every page
// view is a write.
const LastSeenInterval = 10 * time.Minute

// Keys of a session's data; the columns of its row are written from them in the
// same statement.
const (
	SessionPerson   = "person"       // int64
	SessionID       = "id"           // public id, kept when the token is renewed
	SessionWay      = "way"          // how the person signed in
	SessionBegan    = "began"        // int64, Unix microseconds: when the person signed in
	SessionSignedIn = "signed_in_at" // int64: when the person last proved who they are
	SessionAddress  = "address"      // shortened
	SessionAgent    = "agent"        // browser and system in words
)

// sessionRow is a browser's session.
type sessionRow struct {
	Token      string `gorm:"primaryKey"` // hashed
	Data       []byte
	Expiry     time.Time
	PublicID   string
	PersonID   *int64 // nil while nobody has signed in
	Way        string
	Address    string
	Agent      string
	CreatedAt  time.Time // when the person signed in
	SignedInAt *time.Time
	LastSeenAt time.Time
	EndedAt    *time.Time
	Successor  string // hash of the token under which it goes on, "" if it has just ended
}

// TableName is the table's name, for GORM.
func (sessionRow) TableName() string { return "sessions" }

// SessionLimits are how long sessions last; zero stands for the default.
type SessionLimits struct{ Idle, Absolute, AdminIdle time.Duration }

// SessionStore keeps browser sessions as rows, for scs. Tokens come hashed. Its
// clock decides what has expired.
type SessionStore struct {
	DB     *db.DB
	Clock  models.Clock
	Limits SessionLimits
}

func (s SessionStore) effectiveLimits() SessionLimits {
	l := s.Limits
	if l.Idle == 0 {
		l.Idle = SessionIdle
	}
	if l.Absolute == 0 {
		l.Absolute = SessionAbsolute
	}
	if l.AdminIdle == 0 {
		l.AdminIdle = SessionAdminIdle
	}
	return l
}

// foundSession is what is read of a session at every request.
type foundSession struct {
	Data       []byte
	PersonID   *int64
	SignedInAt *time.Time
	LastSeenAt time.Time
	EndedAt    *time.Time
	Successor  string
	Admin      *bool
}

// findSession reads a session that has not expired, nil if there is none.
func (s SessionStore) findSession(ctx context.Context, token string, now time.Time) (*foundSession, error) {
	var rows []foundSession
	err := s.DB.Read(ctx).Raw(`SELECT s.data, s.person_id, s.signed_in_at, s.last_seen_at, s.ended_at, s.successor, p.admin
		FROM sessions s LEFT JOIN people p ON p.id = s.person_id
		WHERE s.token = ? AND s.expiry > ?`, token, now).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// FindCtx is scs's: it reads the data of a live session and records the visit.
func (s SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	now := s.Clock()
	row, err := s.findSession(ctx, token, now)
	if err != nil || row == nil {
		return nil, false, err
	}
	if row.EndedAt != nil {
		return s.findSuccessor(ctx, *row, now)
	}
	idle := s.effectiveLimits().Idle
	if row.Admin != nil && *row.Admin {
		idle = s.effectiveLimits().AdminIdle
	}
	if row.PersonID == nil {
		return row.Data, true, nil
	}
	if now.Sub(row.LastSeenAt) >= idle {
		return nil, false, nil
	}
	if now.Sub(row.LastSeenAt) >= LastSeenInterval {
		// A visit that cannot be recorded, as on a full disk, keeps nobody out.
		_ = s.recordVisit(ctx, token, *row.PersonID, now)
	}
	return row.Data, true, nil
}

func (s SessionStore) recordVisit(ctx context.Context, token string, personID int64, now time.Time) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return firstError(tx.Exec("UPDATE sessions SET last_seen_at = ? WHERE token = ? AND last_seen_at < ?", now, token, now),
			tx.Exec("UPDATE people SET last_seen_at = ? WHERE id = ?", now, personID))
	})
}

// CommitCtx is scs's: it saves a session, under another token in a context of
// WithRenewal. One that has ended stays ended, with ErrSessionSuperseded.
func (s SessionStore) CommitCtx(ctx context.Context, token string, data []byte, _ time.Time) error {
	deadline, values, err := SessionCodec{}.Decode(data)
	if err != nil {
		return err
	}
	if _, marked := values[SessionSuperseded]; marked {
		delete(values, SessionSuperseded)
		if data, err = (SessionCodec{}).Encode(deadline, values); err != nil {
			return err
		}
	}
	now := s.Clock()
	row := sessionRow{Token: token, Data: data, CreatedAt: now, LastSeenAt: now, Expiry: now.Add(anonymousSessionLifetime)}
	if id, ok := values[SessionPerson].(int64); ok && id != 0 {
		signedIn := timeFromMicros(values[SessionSignedIn])
		row.PersonID, row.SignedInAt, row.CreatedAt = &id, &signedIn, timeFromMicros(values[SessionBegan])
		row.PublicID, _ = values[SessionID].(string)
		row.Way, _ = values[SessionWay].(string)
		row.Address, _ = values[SessionAddress].(string)
		row.Agent, _ = values[SessionAgent].(string)
		row.Expiry = row.CreatedAt.Add(s.effectiveLimits().Absolute)
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if successor, ok := ctx.Value(renewalKey{}).(string); ok {
			if err := endForSuccessor(tx, token, successor, now); err != nil {
				return err
			}
			row.Token = successor
		}
		saved := tx.Exec(`INSERT INTO sessions (token, data, expiry, public_id, person_id, way, address, agent, created_at, signed_in_at, last_seen_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry, public_id = excluded.public_id,
				person_id = excluded.person_id, way = excluded.way, address = excluded.address, agent = excluded.agent,
				created_at = excluded.created_at, signed_in_at = excluded.signed_in_at, last_seen_at = excluded.last_seen_at
			WHERE sessions.ended_at IS NULL`,
			row.Token, row.Data, row.Expiry, row.PublicID, row.PersonID, row.Way, row.Address, row.Agent, row.CreatedAt, row.SignedInAt, row.LastSeenAt)
		if saved.Error == nil && saved.RowsAffected == 0 {
			return ErrSessionSuperseded
		}
		return saved.Error
	})
}

func timeFromMicros(v any) time.Time {
	n, _ := v.(int64)
	return time.UnixMicro(n).UTC()
}

// endedSession is what is left of a session that has ended.
const endedSession = "UPDATE sessions SET ended_at = ?, data = '', address = '', agent = '' WHERE ended_at IS NULL AND "

// DeleteCtx is scs's: it ends a session, also where it goes on under another token.
func (s SessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec(endedSession+"(token = ? OR public_id IN (SELECT public_id FROM sessions WHERE token = ? AND public_id <> ''))", s.Clock(), token, token).Error
	})
}

// Find is scs's; the session manager uses FindCtx.
func (s SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is scs's; the session manager uses CommitCtx.
func (s SessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is scs's; the session manager uses DeleteCtx.
func (s SessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// DeleteExpired deletes what has expired: sessions, unfinished sign-ins, codes
// and password reset links.
func (s SessionStore) DeleteExpired(ctx context.Context) error {
	now := s.Clock()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return firstError(
			tx.Exec("DELETE FROM sessions WHERE expiry < ? OR last_seen_at < ?", now, now.Add(-s.effectiveLimits().Idle)),
			tx.Exec("DELETE FROM oauth_states WHERE expires_at < ?", now),
			tx.Exec("DELETE FROM sign_in_steps WHERE expires_at < ?", now),
			tx.Exec("DELETE FROM identity_codes WHERE expires_at < ?", now),
			tx.Exec("DELETE FROM password_resets WHERE expires_at < ?", now))
	})
}

// SessionCodec is an scs codec: gob, like scs's own, in a form that CommitCtx can read.
type SessionCodec struct{}

type sessionData struct {
	Deadline time.Time
	Values   map[string]any
}

// Encode is scs's.
func (SessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(sessionData{deadline, values})
	return b.Bytes(), err
}

// Decode is scs's.
func (SessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var d sessionData
	err := gob.NewDecoder(bytes.NewReader(b)).Decode(&d)
	return d.Deadline, d.Values, err
}

func firstError(results ...*gorm.DB) error {
	for _, r := range results {
		if r.Error != nil {
			return r.Error
		}
	}
	return nil
}
