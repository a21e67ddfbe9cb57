// Package privacy knows, for every table, whose rows in it are a person's, why
// they are held, for how long, and what becomes of them when she leaves. From
// that one inventory come the export, the erasure, the daily clearing out and
// the page that tells people about it; a table that is not in it fails a test.
package privacy

import (
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/deals"
)

// Store exports, erases and clears out.
type Store struct {
	db       *db.DB
	clock    models.Clock
	creators *creators.Store
	deals    *deals.Store
	periods  RetentionPeriods
}

// NewStore is a Store on a database. A period that is 0 is the usual one.
func NewStore(d *db.DB, clock models.Clock, c *creators.Store, ds *deals.Store, p RetentionPeriods) *Store {
	return &Store{d, clock, c, ds, p.withDefaults()}
}
