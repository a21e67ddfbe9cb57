package creators

import (
	"sync/atomic"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Store asks and changes what the database holds on creators.
type Store struct {
	db     *db.DB
	clock  models.Clock
	tribes atomic.Pointer[Catalogue]
	floor  keptFloor

	// YouTubeDerived says that YouTube has accepted this instance's amendment on
	// derived metrics. Set once after opening.
	YouTubeDerived bool
}

// NewStore is a Store on a database.
func NewStore(d *db.DB, clock models.Clock, catalogue *Catalogue) *Store {
	s := &Store{db: d, clock: clock}
	s.tribes.Store(catalogue)
	return s
}

// Catalogue is the tribes as they are now. What it gives never changes; a change
// makes a new one, see LoadTribes.
func (s *Store) Catalogue() *Catalogue { return s.tribes.Load() }
