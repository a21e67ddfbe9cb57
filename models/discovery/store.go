package discovery

import (
	"sync/atomic"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// Store keeps what brands keep of their searches.
type Store struct {
	db       *db.DB
	clock    models.Clock
	creators *creators.Store
	looked   atomic.Int64 // the saved search at which the last look stopped
}

// NewStore is a Store on a database.
func NewStore(d *db.DB, clock models.Clock, c *creators.Store) *Store {
	return &Store{db: d, clock: clock, creators: c}
}
