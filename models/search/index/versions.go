package index

import (
	"maps"
	"slices"
	"sync"
)

// Index is a list of segments, newest last: a large one and small ones with
// later changes. It is immutable; With returns a new one.
type Index struct {
	parts  []*part
	values [ValueFacets]names[string]
	keys   names[Share]
	median *sync.Map // by market, of the expected CPMs; computed once per base, so that an order is stable while others change
}

// names numbers the values of all segments.
type names[T comparable] struct {
	all []T
	ids map[T]uint32
}

// with returns n with more names, and their numbers.
func (n names[T]) with(more []T) (names[T], []uint32) {
	own := make([]uint32, len(more))
	copied := false
	for i, name := range more {
		id, ok := n.ids[name]
		if !ok {
			if !copied {
				n.all, n.ids, copied = slices.Clone(n.all), maps.Clone(n.ids), true
				if n.ids == nil {
					n.ids = map[T]uint32{}
				}
			}
			id = uint32(len(n.all))
			n.ids[name] = id
			n.all = append(n.all, name)
		}
		own[i] = id
	}
	return n, own
}

// part is a segment within an index.
type part struct {
	*Segment
	live    bits // rows of creators not replaced by a newer segment
	dead    int  // rows
	people  int  // live creators
	totals  *counts
	numbers [ValueFacets][]uint32 // the index's numbers of the segment's values
	keys    []uint32              // and those of its keys

	unfiltered sync.Map // by thresholds, the counts of shares
}

// New returns an index of one segment.
func New(base *Segment) *Index { return (&Index{median: &sync.Map{}}).With(base, nil) }

// With returns the index with a newer segment. Replaced are all creators that
// changed: those in the segment and those no longer there.
func (x *Index) With(newer *Segment, replaced []int64) *Index {
	y := &Index{values: x.values, keys: x.keys, median: x.median}
	for _, p := range x.parts {
		if p = p.withDead(replaced); p.people > 0 {
			y.parts = append(y.parts, p)
		}
	}
	if newer.rows == 0 && len(y.parts) > 0 {
		return y
	}
	p := &part{Segment: newer, live: newBits(newer.rows), people: newer.persons, totals: newer.totals}
	for row := range uint32(newer.rows) {
		p.live.set(row)
	}
	for f := range p.numbers {
		y.values[f], p.numbers[f] = y.values[f].with(newer.values[f].names)
	}
	y.keys, p.keys = y.keys.with(newer.audience.keys)
	y.parts = append(y.parts, p)
	return y
}

// withDead returns the part with more dead creators.
func (p *part) withDead(creators []int64) *part {
	var gone bits
	for _, creator := range creators {
		for row, to := p.rowsOfCreator(creator); row < to && p.live.has(row); row++ {
			if gone == nil {
				gone = newBits(p.rows)
			}
			gone.set(row)
		}
	}
	if gone == nil {
		return p
	}
	less := p.countRows(gone)
	q := &part{
		Segment: p.Segment, live: slices.Clone(p.live), dead: p.dead + gone.count(),
		people: p.people - int(less.total), totals: p.totals.subtract(less), numbers: p.numbers, keys: p.keys,
	}
	for i := range gone {
		q.live[i] &^= gone[i]
	}
	p.unfiltered.Range(func(least, byKey any) bool {
		left := slices.Clone(byKey.([]int64))
		p.countKeys(gone, least.(thresholds), left, -1)
		q.unfiltered.Store(least, left)
		return true
	})
	return q
}

// SegmentInfo says how large a segment is.
type SegmentInfo struct {
	Rows, Dead int     // rows, and those of them replaced by a newer segment
	Creators   []int64 // those alive, of any segment but the first
}

// Segments describes the segments of the index, oldest first. An index is best
// rebuilt when dead rows, or small segments, become many.
func (x *Index) Segments() []SegmentInfo {
	all := make([]SegmentInfo, len(x.parts))
	for i, p := range x.parts {
		all[i] = SegmentInfo{Rows: p.rows, Dead: p.dead}
		if i > 0 {
			for row := range p.live.all {
				all[i].Creators = append(all[i].Creators, p.creators[row])
			}
			all[i].Creators = slices.Compact(all[i].Creators)
		}
	}
	return all
}

// Bytes is the memory of all columns, bitmaps, orders and terms.
func (x *Index) Bytes() (n int64) {
	for _, p := range x.parts {
		n += p.Bytes() + int64(len(p.live)*8)
	}
	return n
}

// Rows is the number of live rows.
func (x *Index) Rows() (n int) {
	for _, p := range x.parts {
		n += p.rows - p.dead
	}
	return n
}

// Creators is the number of creators.
func (x *Index) Creators() (n int) {
	for _, p := range x.parts {
		n += p.people
	}
	return n
}
