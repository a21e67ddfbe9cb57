package search

import (
	"context"
	"hash/maphash"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search/index"
)

// follower keeps a node's index up to date. Searches load the present index and
// never wait for it.
type follower struct {
	now   atomic.Pointer[index.Index] // nil until one is built
	state atomic.Pointer[IndexState]
	turn  sync.Mutex // guards the following fields

	at     creators.ListingWatermark // up to where the index contains changes of listings
	made   *base                     // the latest base
	making chan *base
}

// base is a base: a segment of all listings.
type base struct {
	index   *index.Index
	at      creators.ListingWatermark // when its loading started
	bands   map[creators.Niche]creators.EngagementBand
	weights index.Weights
	basis   uint64 // hash of weights and bands
	begun   time.Time
	took    time.Duration
	err     error
}

// IndexState is what an operator sees of a node's index.
type IndexState struct {
	Ready    bool
	Rows     int           // listed accounts
	Creators int           // listed creators
	Bytes    int64         // of columns, bitmaps, orders and words
	Segments int           // the base and those with later changes
	BuiltAt  time.Time     // when the base's loading started
	Took     time.Duration // how long the base took to build
	MergedAt time.Time     // when changes were last merged
}

// IndexState returns the state of this node's index.
func (e *Engine) IndexState() IndexState {
	if state := e.index.state.Load(); state != nil {
		return *state
	}
	return IndexState{}
}

const (
	// followEvery is how often a node reads changes, so that it has them within
	// two seconds; it checks weights and bands every other time.
	followEvery = 500 * time.Millisecond
	// followLongest is the longest wait after failures.
	followLongest = 30 * time.Second
)

// FollowChanges builds the index and keeps it up to date until ctx ends. Failures
// are logged and retried after a while.
func (e *Engine) FollowChanges(ctx context.Context, log *slog.Logger) {
	defer e.index.waitForBase()
	pause := followEvery
	for round := 0; ctx.Err() == nil; round++ {
		err := e.followOnce(ctx, log, round%2 == 0)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			pause = min(2*pause, followLongest)
			log.ErrorContext(ctx, "the search index could not follow", "error", err, "again_in", pause)
		default:
			pause = followEvery
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// waitForBase waits for a base that is being built.
func (f *follower) waitForBase() {
	f.turn.Lock()
	defer f.turn.Unlock()
	if f.making != nil {
		<-f.making
		f.making = nil
	}
}

// CatchUp builds the index if there is none, and merges everything committed,
// for callers that can't wait. It doesn't rebuild the base for changed weights
// or bands, which don't affect who fits: that is left to FollowChanges.
func (e *Engine) CatchUp(ctx context.Context) error {
	if err := e.catchUp(ctx); err != nil {
		return models.Internal("bring the search index up to date", err)
	}
	return nil
}

func (e *Engine) catchUp(ctx context.Context) error {
	f := &e.index
	f.turn.Lock()
	defer f.turn.Unlock()
	if f.now.Load() == nil {
		return e.useBase(ctx, e.makeBase(ctx, nil))
	}
	return e.mergeChanges(ctx)
}

// followOnce is one round. Once there is an index, a new base is built in the
// background while it keeps following.
func (e *Engine) followOnce(ctx context.Context, log *slog.Logger, weigh bool) error {
	f := &e.index
	f.turn.Lock()
	defer f.turn.Unlock()
	if f.now.Load() == nil {
		return e.useBase(ctx, e.makeBase(ctx, log))
	}
	if f.making != nil {
		select {
		case m := <-f.making:
			f.making = nil
			if err := e.useBase(ctx, m); err != nil {
				return err
			}
		default:
		}
	}
	if err := e.mergeChanges(ctx); err != nil {
		return err
	}
	again := f.needsCompaction()
	if weigh && !again {
		basis, err := e.readBasis(ctx)
		if err != nil {
			return err
		}
		again = basis.basis != f.made.basis
	}
	if again && f.making == nil {
		done := make(chan *base, 1)
		f.making = done
		go func() { done <- e.makeBase(ctx, log) }()
	}
	return nil
}

// readBasis reads what a base is built with besides listings.
func (e *Engine) readBasis(ctx context.Context) (base, error) {
	var m base
	weights, err := e.RelevanceWeights(ctx)
	if err != nil {
		return m, err
	}
	if m.weights, err = weightsOf(weights); err != nil {
		return m, models.Internal("read the weights of relevance", err)
	}
	if m.bands, err = e.creators.EngagementBands(ctx); err != nil {
		return m, err
	}
	m.basis = maphash.Comparable(basisSeed, m.weights)
	for at, b := range m.bands { // order doesn't matter
		m.basis += maphash.Comparable(basisSeed, at) ^ maphash.Comparable(basisSeed, [2]int64{b.LowPPM, b.HighPPM})
	}
	return m, nil
}

var basisSeed = maphash.MakeSeed()

// makeBase builds an index of all listings, at least as recent as now.
func (e *Engine) makeBase(ctx context.Context, log *slog.Logger) *base {
	begun := e.clock()
	changes, err := e.creators.ReadListingChanges(ctx, creators.ListingWatermark{})
	if err != nil {
		return &base{err: err}
	}
	m, err := e.readBasis(ctx)
	if err != nil {
		return &base{err: err}
	}
	segment, err := e.loadAll(ctx, m.weights, m.bands)
	if err != nil {
		return &base{err: err}
	}
	m.index, m.at, m.begun, m.took = index.New(segment), changes.Next, begun, e.clock().Sub(begun)
	if log != nil {
		log.InfoContext(ctx, "the search index is made", "creators", m.index.Creators(), "accounts", m.index.Rows(), "bytes", m.index.Bytes(), "took", m.took)
	}
	return &m
}

// useBase replaces the index by a base with the changes since its loading started.
func (e *Engine) useBase(ctx context.Context, m *base) error {
	if m.err != nil {
		return m.err
	}
	x, at, err := e.withChanges(ctx, m, m.index, m.at)
	if err != nil {
		return err
	}
	e.index.made = m
	e.swapIndex(x, at)
	m.index = nil
	if x.Rows() > largeBase {
		debug.FreeOSMemory() // building takes twice the memory that remains in use
	}
	return nil
}

// largeBase is the number of rows from which memory is returned to the system at once.
const largeBase = 100_000

// mergeChanges merges what has changed since the last round.
func (e *Engine) mergeChanges(ctx context.Context) error {
	f := &e.index
	x, at, err := e.withChanges(ctx, f.made, f.now.Load(), f.at)
	if err == nil {
		e.swapIndex(x, at)
	}
	return err
}

func (e *Engine) swapIndex(x *index.Index, at creators.ListingWatermark) {
	f := &e.index
	f.at = at
	if x == f.now.Load() && f.state.Load() != nil {
		return
	}
	f.now.Store(x)
	state := IndexState{
		Ready: true, Rows: x.Rows(), Creators: x.Creators(), Bytes: x.Bytes(), Segments: len(x.Segments()),
		BuiltAt: f.made.begun, Took: f.made.took, MergedAt: e.clock(),
	}
	f.state.Store(&state)
}

// withChanges returns an index with all changes since a watermark.
func (e *Engine) withChanges(ctx context.Context, m *base, x *index.Index, at creators.ListingWatermark) (*index.Index, creators.ListingWatermark, error) {
	for {
		changes, err := e.creators.ReadListingChanges(ctx, at)
		if err != nil {
			return nil, at, err
		}
		if changes.ReaderBehind { // this node has been suspended
			*m = *e.makeBase(ctx, nil)
			if m.err != nil {
				return nil, at, m.err
			}
			x, at = m.index, m.at
			continue
		}
		if len(changes.CreatorIDs) > 0 {
			replaced := withSmallSegments(x, changes.CreatorIDs)
			segment, err := e.loadSome(ctx, m.weights, m.bands, replaced)
			if err != nil {
				return nil, at, err
			}
			x = x.With(segment, replaced)
		}
		if at = changes.Next; !changes.More {
			return x, at, nil
		}
	}
}

// withSmallSegments adds to the changed creators those of the newest segments with at
// most twice as many, so that there are few segments: each is more than twice as
// large as the next one, up to smallMost. A row is reloaded at most once per
// doubling.
func withSmallSegments(x *index.Index, changed []int64) []int64 {
	all := x.Segments()
	for i := len(all) - 1; i > 0 && len(all[i].Creators) <= min(2*len(changed), smallMost); i-- {
		changed = append(changed, all[i].Creators...)
	}
	slices.Sort(changed)
	return slices.Compact(changed)
}

// smallMost is the largest number of creators in a segment that is reloaded, so
// that a round stays within two seconds.
const smallMost = 20_000

// How many rows of a base may be replaced before it is rebuilt: a quarter of
// them, but not just a few.
const (
	wornPart  = 4
	wornLeast = 5_000
)

func (f *follower) needsCompaction() bool {
	all := f.now.Load().Segments()
	n := all[0].Dead
	for _, x := range all[1:] {
		n += x.Rows
	}
	return n > wornLeast && n > all[0].Rows/wornPart
}
