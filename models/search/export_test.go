package search

import (
	"context"

	"tribemarket/models/search/index"
)

// Where is a filter as SQL, after an AND, on a listing of that name, without
// the conditions of a parameter.
func (e *Engine) Where(f Filter, name, without string) (string, []any) {
	return e.where(f).of(name, without, false)
}

// SearchBySQL is Search, asked of the database itself.
func (e *Engine) SearchBySQL(ctx context.Context, f Filter) (Result, error) {
	p, err := e.foundBySQL(ctx, f, PageSize)
	if err != nil {
		return Result{}, err
	}
	r := Result{Total: p.total, Next: p.next, Prev: p.prev}
	r.Hits, _, err = e.readHits(ctx, f, p)
	return r, err
}

// AllBySQL is Each, asked of the database itself: the creators in their order.
func (e *Engine) AllBySQL(ctx context.Context, f Filter) (ids []int64, err error) {
	rows, err := e.pageBySQL(ctx, f, e.where(f), 1<<20)
	for _, r := range rows {
		ids = append(ids, r.CreatorID)
	}
	return ids, err
}

// Segments is of how many segments the index is made.
func (e *Engine) Segments() []index.SegmentInfo { return e.index.now.Load().Segments() }

// RangeColumns are the columns of listings that plain SQL compares, and FacetTables
// where it counts values, by parameter.
var (
	RangeColumns = rangeColumns
	FacetTables  = facetTables
)
