package moderation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// Store reads and writes reports and blocks, and suspends and restores.
type Store struct {
	db       *db.DB
	clock    models.Clock
	creators *creators.Store
	agreed   *negotiation.Store
	openedAt time.Time

	// Work is when the jobs of each kind should run. Set once after opening.
	Work []JobExpectation
}

// NewStore returns a Store on a database.
func NewStore(d *db.DB, clock models.Clock, c *creators.Store, n *negotiation.Store) *Store {
	return &Store{db: d, clock: clock, creators: c, agreed: n, openedAt: clock()}
}

// Kind is what is judged.
type Kind string

// The kinds. A person, a brand and a creator can be suspended; a creator's and
// a brand's page, their pictures, a proposal and a deal can be reported.
const (
	Person      Kind = "person"
	Creator     Kind = "creator"
	Brand       Kind = "brand"
	Negotiation Kind = "negotiation"
	Deal        Kind = "deal"
	Picture     Kind = "picture" // a portrait, a work or a logo
)

type tx struct{ *db.Tx }

func (s *Store) tx(ctx context.Context, fn func(*tx) error) error {
	return s.db.Tx(ctx, func(t *db.Tx) error { return fn(&tx{t}) })
}

func (s *Store) read(ctx context.Context) *tx { return &tx{&db.Tx{DB: s.db.Read(ctx)}} }
