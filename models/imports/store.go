package imports

import (
	"io"

	"tribemarket/models"
	"tribemarket/models/db"
)

// OpenTable reads a file as a table, in the encoding if one is named. The file may be
// opened several times.
type OpenTable func(name, encoding string, open func() (io.ReadCloser, error), read func(bytes int)) (RowReader, error)

// Store keeps the files that administrators import in the browser, and imports them.
type Store struct {
	*Importer
	db        *db.DB
	clock     models.Clock
	openTable OpenTable
}

// NewStore is a Store whose files an Importer brings in.
func NewStore(im *Importer, open OpenTable) *Store {
	return &Store{im, im.db, im.clock, open}
}

// CanImport says whether the actor may import files.
func CanImport(a models.Actor) bool { return a.Administers() }
