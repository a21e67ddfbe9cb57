package accounts

import (
	"context"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Sessions keeps browser sessions as rows, for scs. Tokens come hashed.
type Sessions struct {
	DB    *db.DB
	Clock models.Clock
}

// FindCtx is scs's: the data of a session that has not expired.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var rows []struct{ Data []byte }
	err := s.DB.Read(ctx).Raw("SELECT data FROM sessions WHERE token = ? AND expiry > ?", token, s.Clock()).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, false, err
	}
	return rows[0].Data, true, nil
}

// CommitCtx is scs's: it keeps a session.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec(`INSERT INTO sessions (token, data, expiry) VALUES (?, ?, ?)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry`, token, data, expiry.UTC()).Error
	})
}

// DeleteCtx is scs's: it ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("DELETE FROM sessions WHERE token = ?", token).Error
	})
}

// Find is scs's; the session manager uses FindCtx.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is scs's; the session manager uses CommitCtx.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is scs's; the session manager uses DeleteCtx.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Sweep removes what has expired: sessions and sign-ins that were never ended.
func (s Sessions) Sweep(ctx context.Context) error {
	now := s.Clock()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return firstErr(tx.Exec("DELETE FROM sessions WHERE expiry < ?", now), tx.Exec("DELETE FROM oauth_states WHERE expires_at < ?", now))
	})
}

func firstErr(results ...*gorm.DB) error {
	for _, r := range results {
		if r.Error != nil {
			return r.Error
		}
	}
	return nil
}
