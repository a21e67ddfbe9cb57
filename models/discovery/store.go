package discovery

import (
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// Store keeps what brands keep of their searches.
type Store struct {
	db       *db.DB
	clock    models.Clock
	creators *creators.Store
}

// NewStore is a Store on a database.
func NewStore(d *db.DB, clock models.Clock, c *creators.Store) *Store { return &Store{d, clock, c} }
