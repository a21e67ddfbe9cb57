package creators

import (
	"sync/atomic"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Store reads and writes creators.
type Store struct {
	db        *db.DB
	clock     models.Clock
	catalogue atomic.Pointer[TribeCatalogue]
	floor     floorCache

	// YouTubeDerived says that YouTube has accepted this instance for its
	// derived-metrics amendment. Set once after opening.
	YouTubeDerived bool

	// NoThumbnails says that the instance stores and shows no thumbnails of posts. Set once
	// after opening.
	NoThumbnails bool
}

// NewStore returns a Store on a database.
func NewStore(d *db.DB, clock models.Clock, catalogue *TribeCatalogue) *Store {
	s := &Store{db: d, clock: clock}
	s.catalogue.Store(catalogue)
	return s
}

// TribeCatalogue returns the present tribes. The catalogue is immutable; a change
// makes a new one, see ReloadTribeCatalogue.
func (s *Store) TribeCatalogue() *TribeCatalogue { return s.catalogue.Load() }
