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

// NewEngine returns an Engine on a database. It has no index until
// FollowChanges or CatchUp has built one; until then searches answer that one
// should try again.
func NewEngine(d *db.DB, store *creators.Store, clock models.Clock) *Engine {
	return &Engine{db: d, creators: store, clock: clock}
}

// tryAgain is when to try a search again while the index is being built.
const tryAgain = 2 * time.Second

// currentIndex returns the present index.
func (e *Engine) currentIndex() (*index.Index, error) {
	if x := e.index.now.Load(); x != nil {
		return x, nil
	}
	return nil, models.Starting("search.error.starting", tryAgain)
}

// CheckReady fails while the index is still being built.
func (e *Engine) CheckReady() error {
	_, err := e.currentIndex()
	return err
}
