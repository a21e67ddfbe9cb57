package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"tribemarket/models/db"
)

// SessionGrace is how long a token remains valid after it was renewed: for requests that
// the browser had sent before it learnt the new one.
const SessionGrace = 5 * time.Second

// SessionSuperseded marks, in the data of a session, that the request came with a
// token in its grace. Such a request reads the session; it changes nothing in it
// and is not told the new token.
const SessionSuperseded = "superseded"

// ErrSessionSuperseded says that a session was not saved: it has ended, or goes on
// under a token that this request doesn't know.
var ErrSessionSuperseded = errors.New("the session has ended or goes on under another token")

type renewalKey struct{}

// WithRenewal is a context in which CommitCtx saves the session of token under the
// successor that it returns, and ends token. A token has one successor, so that
// two requests which renew it at once agree without knowing of each other.
func (s SessionStore) WithRenewal(ctx context.Context, token string) (_ context.Context, successor string) {
	successor = s.DB.Keys.Digest("session successor", token)
	return context.WithValue(ctx, renewalKey{}, hashSessionToken(successor)), successor
}

// hashSessionToken is scs's, which gives stores hashes alone.
func hashSessionToken(token string) string {
	h := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(h[:])
}

// endForSuccessor ends a session that goes on under another token, unless
// another request has just done the same.
func endForSuccessor(tx *db.Tx, token, successor string, now time.Time) error {
	ended := tx.Exec("UPDATE sessions SET ended_at = ?, successor = ?, data = '', address = '', agent = '' WHERE token = ? AND ended_at IS NULL", now, successor, token)
	if ended.Error != nil || ended.RowsAffected == 1 {
		return ended.Error
	}
	var same int64
	if err := tx.Raw("SELECT count(*) FROM sessions WHERE token = ? AND successor = ?", token, successor).Scan(&same).Error; err != nil {
		return err
	}
	if same == 0 {
		return ErrSessionSuperseded
	}
	return nil
}

// findSuccessor reads the session in which a renewed one goes on, within the grace
// of every token on the way. The proof of identity stays the old one's: it was
// given by whoever knows the new token.
func (s SessionStore) findSuccessor(ctx context.Context, old foundSession, now time.Time) ([]byte, bool, error) {
	signedIn := old.SignedInAt
	for old.EndedAt != nil {
		if old.Successor == "" || now.Sub(*old.EndedAt) >= SessionGrace {
			return nil, false, nil
		}
		next, err := s.findSession(ctx, old.Successor, now)
		if err != nil || next == nil {
			return nil, false, err
		}
		old = *next
	}
	deadline, values, err := SessionCodec{}.Decode(old.Data)
	if err != nil {
		return nil, false, err
	}
	if signedIn != nil {
		values[SessionSignedIn] = signedIn.UnixMicro()
	}
	values[SessionSuperseded] = true
	data, err := SessionCodec{}.Encode(deadline, values)
	return data, err == nil, err
}
