package discovery

import (
	"sync/atomic"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/search"
)

// Store reads and writes what brands keep of their searches.
type Store struct {
	db            *db.DB
	clock         models.Clock
	creators      *creators.Store
	search        *search.Engine
	lastMatchedID atomic.Int64 // the saved search at which the last run stopped
}

// NewStore returns a Store on a database.
func NewStore(d *db.DB, clock models.Clock, c *creators.Store, engine *search.Engine) *Store {
	return &Store{db: d, clock: clock, creators: c, search: engine}
}
