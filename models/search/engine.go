package search

import (
	"sync/atomic"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/search/index"
)

// Engine searches the listed creators in an index that it keeps in memory.
type Engine struct {
	db       *db.DB
	creators *creators.Store
	clock    models.Clock
	weights  atomic.Pointer[index.Weights] // of relevance, as this node last read them
	index    follower
}

// NewEngine is an Engine on a database. It has no index before Follow, or
// CatchUp, has made one.
func NewEngine(d *db.DB, store *creators.Store, clock models.Clock) *Engine {
	return &Engine{db: d, creators: store, clock: clock}
}
