package contracts

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/files"
	"tribemarket/models/workflow/run"
)

// Store keeps contracts and what they are made from.
type Store struct {
	db     *db.DB
	clock  models.Clock
	files  *files.Store
	engine *run.Engine

	// UnprintableLetter names the first letter of a text that no document can print, "" for
	// none. Without it all letters pass.
	UnprintableLetter func(text string) string
}

// NewStore returns a Store on a database, which keeps documents as files; the engine, which
// works on the same database, executes the table of contracts.
func NewStore(d *db.DB, clock models.Clock, f *files.Store, engine *run.Engine) *Store {
	run.Register(engine, contracts)
	return &Store{db: d, clock: clock, files: f, engine: engine}
}

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
