package creators

import (
	"context"

	"tribemarket/models/creators/index"
)

// Where is a filter as SQL, after an AND, on a listing of that name, without
// the conditions of a parameter.
func (s *Store) Where(f Filter, name, without string) (string, []any) {
	return s.where(f).of(name, without, false)
}

// SearchBySQL is Search of a node without an index.
func (s *Store) SearchBySQL(ctx context.Context, f Filter) (Result, error) {
	p, err := s.foundBySQL(ctx, f, PageSize)
	if err != nil {
		return Result{}, err
	}
	r := Result{Total: p.total, Next: p.next, Prev: p.prev}
	r.Hits, _, err = s.readHits(ctx, f, p)
	return r, err
}

// Segments is of how many segments the index is made.
func (s *Store) Segments() []index.SegmentInfo { return s.index.now.Load().Segments() }
