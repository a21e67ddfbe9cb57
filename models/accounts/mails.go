package accounts

import (
	"context"
	"time"

	"tribemarket/models/db"
)

// Mailed says whether the mail of this key has been sent before.
func (s *Store) Mailed(ctx context.Context, key string) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Raw("SELECT count(*) FROM mails WHERE key = ?", key).Scan(&n).Error
	return n > 0, err
}

// NoteMail keeps that a mail was sent. A key that is there already stays.
func (s *Store) NoteMail(ctx context.Context, key string, personID int64, subject string, at time.Time) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("INSERT INTO mails (key, person_id, subject, sent_at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
			key, personID, subject, at).Error
	})
}
