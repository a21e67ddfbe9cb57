// Package privacy knows, for every table, which rows belong to a person, why
// they are held, for how long, and what happens to them when the person leaves.
// The export, the erasure, the daily clean-up and the privacy page all come
// from that one inventory; a table that is not in it fails a test.
package privacy

import (
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// Store exports, erases and cleans up personal data.
type Store struct {
	db           *db.DB
	clock        models.Clock
	creators     *creators.Store
	negotiations *negotiation.Store
	periods      RetentionPeriods
}

// NewStore returns a Store on a database. A period of 0 is the default.
func NewStore(d *db.DB, clock models.Clock, c *creators.Store, n *negotiation.Store, p RetentionPeriods) *Store {
	return &Store{d, clock, c, n, p.withDefaults()}
}
