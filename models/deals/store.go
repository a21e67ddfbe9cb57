package deals

import (
	"tribemarket/models"
	"tribemarket/models/db"
)

// Store keeps proposals and deals. Every verb is one transaction: the row, the
// line in the history, and the job that tells the other side.
type Store struct {
	db  *db.DB
	now models.Clock
}

// NewStore is a Store on a database, with the clock that it goes by.
func NewStore(d *db.DB, now models.Clock) *Store { return &Store{d, now} }

// Ref names a deliverable as a page showed it. Version is the one that was
// shown; an action on anything newer is a conflict, so that nobody approves a
// draft that they have not seen. 0 asks for no such check.
type Ref struct {
	Deal    string // public id
	Number  int
	Version int
}
