package creators

import (
	"sync/atomic"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Store asks and changes what the database holds on creators.
type Store struct {
	db        *db.DB
	clock     models.Clock
	catalogue atomic.Pointer[TribeCatalogue]
	floor     floorCache

	// YouTubeDerived says that YouTube has accepted this instance's amendment on
	// derived metrics. Set once after opening.
	YouTubeDerived bool
}

// NewStore is a Store on a database.
func NewStore(d *db.DB, clock models.Clock, catalogue *TribeCatalogue) *Store {
	s := &Store{db: d, clock: clock}
	s.catalogue.Store(catalogue)
	return s
}

// TribeCatalogue is the tribes as they are now. What it gives never changes; a change
// makes a new one, see LoadTribes.
func (s *Store) TribeCatalogue() *TribeCatalogue { return s.catalogue.Load() }
