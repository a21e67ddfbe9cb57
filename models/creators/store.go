package creators

import (
	"tribemarket/models"
	"tribemarket/models/db"
)

// Store asks and changes what the database holds on creators.
type Store struct {
	db        *db.DB
	clock     models.Clock
	catalogue *Catalogue
	floor     keptFloor

	// YouTubeDerived says that YouTube has accepted this instance's amendment on
	// derived metrics. Set once after opening.
	YouTubeDerived bool
}

// NewStore is a Store on a database.
func NewStore(d *db.DB, clock models.Clock, catalogue *Catalogue) *Store {
	return &Store{db: d, clock: clock, catalogue: catalogue}
}

// Catalogue is the tribes that this store knows.
func (s *Store) Catalogue() *Catalogue { return s.catalogue }
