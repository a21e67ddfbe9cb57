package search

import (
	"sync/atomic"
	"time"

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
// CatchUp, has made one; until then whoever searches is told to try again.
func NewEngine(d *db.DB, store *creators.Store, clock models.Clock) *Engine {
	return &Engine{db: d, creators: store, clock: clock}
}

// tryAgain is after how long a search is worth another try while the index is
// being made.
const tryAgain = 2 * time.Second

// currentIndex is the index as it is now.
func (e *Engine) currentIndex() (*index.Index, error) {
	if x := e.index.now.Load(); x != nil {
		return x, nil
	}
	return nil, models.Starting("search.error.starting", tryAgain)
}

// CheckReady says whether there is an index, or else that it is being made.
func (e *Engine) CheckReady() error {
	_, err := e.currentIndex()
	return err
}
