package creators

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
)

// SetTimeZone stores the actor's time zone as a creator, in which the due days of
// new deals end.
func (s *Store) SetTimeZone(ctx context.Context, actor models.Actor, zone string) error {
	if !actor.SignedIn() || actor.CreatorID == 0 {
		return models.NotFound()
	}
	zone, ok := places.ParseTimeZone(zone)
	if !ok {
		return models.Invalid("zone", "creators.error.zone")
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE creators SET zone = ?, updated_at = ? WHERE id = ? AND person_id = ?", zone, s.clock(), actor.CreatorID, actor.PersonID).Error
	})
}
