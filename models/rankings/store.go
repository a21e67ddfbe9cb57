package rankings

import (
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

// Store computes and reads rankings and the figures of tribes.
type Store struct {
	db       *db.DB
	creators *creators.Store
	clock    models.Clock
}

// NewStore returns a Store on a database.
func NewStore(d *db.DB, store *creators.Store, clock models.Clock) *Store {
	return &Store{db: d, creators: store, clock: clock}
}
