package creators

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SetTimeZone stores the actor's time zone as a creator, in which the due days of
// new deals end.
func (s *Store) SetTimeZone(ctx context.Context, actor models.Actor, zone string) error {
	if !actor.SignedIn() || actor.CreatorID == 0 {
		return models.NotFound()
	}
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		return models.Invalid("zone", "creators.error.zone")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE creators SET zone = ?, updated_at = ? WHERE id = ? AND person_id = ?", zone, s.clock(), actor.CreatorID, actor.PersonID).Error
	})
}
