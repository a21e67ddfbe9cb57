package accounts

import (
	"context"

	"tribemarket/models/db"
)

// SignedIn notes that a session of the person begins.
func (s *Store) SignedIn(ctx context.Context, personID int64, way Way) error {
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("UPDATE people SET last_seen_at = ? WHERE id = ?", now, personID).Error; err != nil {
			return err
		}
		return tx.Audit(ctx, db.Event{At: now, PersonID: personID, Action: "accounts.signed_in",
			Subject: db.Subject("person", personID), Detail: map[string]string{"way": string(way)}})
	})
}
