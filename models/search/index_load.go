package search

import (
	"context"
	"encoding/json"
	"runtime"
	"sync"
	"sync/atomic"

	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/search/index"
)

// loadStep is roughly how many listings one statement loads.
const loadStep = 10_000

// loaded is the rows of one statement, or why they could not be read.
type loaded struct {
	rows []index.Row
	err  error
}

// loadAll builds a segment of all listings. Statements read ranges of creators,
// as many in parallel as there are processors, and the builder takes their rows
// in order; only the rows of a few statements are held at a time.
func (e *Engine) loadAll(ctx context.Context, weights index.Weights, bands map[creators.Niche]creators.EngagementBand) (*index.Segment, error) {
	var all struct{ Least, Most, N int64 }
	err := e.db.Read(ctx).Raw(listingBounds).Scan(&all).Error
	if err != nil {
		return nil, err
	}
	b := index.NewBuilder(weights)
	b.Grow(int(all.N))
	steps := max(1, all.N/loadStep)
	width := (all.Most-all.Least)/steps + 1
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var next atomic.Int64
	var readers sync.WaitGroup
	defer readers.Wait()
	defer cancel()
	out := make([]chan loaded, steps)
	for i := range out {
		out[i] = make(chan loaded, 1)
	}
	free := make(chan struct{}, runtime.GOMAXPROCS(0)+2) // statements whose rows wait for the builder
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			r := newRowReader(bands)
			for {
				select {
				case free <- struct{}{}:
				case <-ctx.Done():
					return
				}
				i := next.Add(1) - 1
				if i >= steps {
					return
				}
				from := all.Least + i*width
				rows, err := e.loadRange(ctx, r, from, from+width)
				out[i] <- loaded{rows, err}
			}
		})
	}
	for _, step := range out {
		var got loaded
		select {
		case got = <-step:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if got.err != nil {
			return nil, got.err
		}
		for i := range got.rows {
			b.Add(got.rows[i])
		}
		<-free
	}
	return b.Build(), nil
}

// loadRange reads the rows of a range of creators.
func (e *Engine) loadRange(ctx context.Context, r *rowReader, from, to int64) ([]index.Row, error) {
	where := "l.creator_id >= ? AND l.creator_id < ?"
	if e.db.Dialect == db.Postgres {
		where = "l.creator_id >= $1 AND l.creator_id < $2"
	}
	return e.loadRows(ctx, r, loadFrom+where+" ORDER BY l.creator_id, l.account_id", from, to)
}

// loadMost is how many creators one statement reads by their ids.
const loadMost = 2_000

// loadSome builds a segment of some creators' listings; ids are in ascending order.
func (e *Engine) loadSome(ctx context.Context, weights index.Weights, bands map[creators.Niche]creators.EngagementBand, creatorIDs []int64) (*index.Segment, error) {
	where := "l.creator_id IN (SELECT value FROM json_each(?))"
	if e.db.Dialect == db.Postgres {
		where = "l.creator_id IN (SELECT value::bigint FROM json_array_elements_text($1::json))"
	}
	r, b := newRowReader(bands), index.NewBuilder(weights)
	for len(creatorIDs) > 0 {
		some := creatorIDs[:min(len(creatorIDs), loadMost)]
		creatorIDs = creatorIDs[len(some):]
		ids, err := json.Marshal(some)
		if err != nil {
			return nil, err
		}
		rows, err := e.loadRows(ctx, r, loadFrom+where+" ORDER BY l.creator_id, l.account_id", string(ids))
		if err != nil {
			return nil, err
		}
		for i := range rows {
			b.Add(rows[i])
		}
	}
	return b.Build(), nil
}

func (e *Engine) loadRows(ctx context.Context, r *rowReader, statement string, args ...any) (all []index.Row, err error) {
	rows, err := e.db.SQLPool().QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		x, err := r.readRow(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, rows.Err()
}
