package index

import (
	"math"
	"slices"
)

// selection keeps those of the added hits that are nearest to a bound.
type selection struct {
	g     *pager
	r     *ranking
	kept  []candidate
	full  bool  // there are enough, so
	last  Place // only hits nearer than this one count
	least int64 // hits with a value below it don't count
	most  int64 // hits with a value above it are on the other side of the bound
	other bool  // there is a hit on the other side of the bound
}

func newSelection(g *pager, r *ranking) selection {
	s := selection{g: g, r: r, least: Null, most: math.MaxInt64}
	if b := g.bound; b != nil && g.descending && !g.backward {
		s.most = b.Value
		if b.Null {
			s.most = Null
		}
	}
	return s
}

func (s *selection) add(row uint32, value int64) {
	if value < s.least {
		return
	}
	if value > s.most {
		s.other = s.other || s.r.isBestOfCreator(row)
		return
	}
	p := placeOf(value, s.r.creators[row])
	if !s.g.beyond(p) {
		s.other = s.other || s.r.isBestOfCreator(row)
		return
	}
	if s.full && s.g.compare(p, s.last) >= 0 || !s.r.isBestOfCreator(row) {
		return
	}
	s.kept = append(s.kept, candidate{p, row, s.r})
	if len(s.kept) >= 4*s.g.want {
		s.cut()
	}
}

// cut keeps the nearest ones.
func (s *selection) cut() {
	slices.SortFunc(s.kept, func(a, b candidate) int { return s.g.compare(a.Place, b.Place) })
	if len(s.kept) >= s.g.want {
		s.kept = s.kept[:s.g.want]
		s.full, s.last = true, s.kept[s.g.want-1].Place
		if s.g.descending && !s.g.backward && !s.last.Null {
			s.least = s.last.Value
		}
	}
}

func (s *selection) close() []candidate {
	s.cut()
	return s.kept
}

// nearestPriced is nearestHits for an order by a price: hits with one come in
// its order, the others after them by creator, like their rows.
func (r *ranking) nearestPriced(g *pager) (near []candidate, other bool) {
	near, other, _ = r.walkOrder(g, math.MaxInt)
	if !g.backward && len(near) == g.want {
		return near, other
	}
	without := r.takeBits()
	defer r.giveBits(without)
	copy(without, r.hits)
	for _, row := range r.order.rows {
		without.clear(row)
	}
	null := newSelection(g, r)
	r.withoutPrice(&null, without)
	near = append(near, null.close()...)
	slices.SortFunc(near, func(a, b candidate) int { return g.compare(a.Place, b.Place) })
	return near[:min(len(near), g.want)], other || null.other
}

// withoutPrice adds hits without a price, as many as a page can need, and one
// on the other side of the bound.
func (r *ranking) withoutPrice(s *selection, rows bits) {
	from, end := uint32(0), uint32(r.rows)
	switch b := s.g.bound; {
	case b != nil && b.Null:
		from, end = r.rowsOfCreator(b.Creator)
	case s.g.backward: // they are all after the bound
		for row := range rows.all {
			if s.add(row, Null); s.other {
				return
			}
		}
		return
	}
	// The bound's own rows, if it has any, count on one side at most.
	up := s.g.backward == s.g.descending
	enough := func(row uint32) bool {
		s.add(row, Null)
		return len(s.kept) < s.g.want
	}
	behind := func(row uint32) bool {
		s.add(row, Null)
		return !s.other
	}
	if up {
		rows.from(from, enough)
	} else {
		rows.descending(end, enough)
	}
	if s.g.bound == nil || !s.g.bound.Null || s.other {
		return
	}
	if up {
		rows.descending(end, behind)
	} else {
		rows.from(from, behind)
	}
}
