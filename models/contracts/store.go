package contracts

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Store keeps contracts and what they are made from.
type Store struct {
	db    *db.DB
	clock models.Clock

	// UnprintableLetter names the first letter of a text that no document can print, "" for
	// none. Without it all letters pass.
	UnprintableLetter func(text string) string
}

// NewStore returns a Store on a database.
func NewStore(d *db.DB, clock models.Clock) *Store { return &Store{db: d, clock: clock} }

// identityRow is the identity of a brand or a creator, sealed as JSON.
type identityRow struct {
	ID        int64
	BrandID   *int64
	CreatorID *int64
	Sealed    string
	SavedBy   int64
	SavedAt   time.Time
}

func (identityRow) TableName() string { return "contract_identities" }
