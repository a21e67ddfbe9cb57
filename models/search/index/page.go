package index

import (
	"cmp"
	"slices"
)

// pager finds the hits of a page: those nearest to a place in the order, on one
// side of it.
type pager struct {
	bound      *Place // nil is the beginning
	backward   bool
	descending bool
	want       int // one more than the page shows, to know whether there are more
}

// beyond says whether a place is on the page's side of the bound.
func (g *pager) beyond(p Place) bool {
	switch {
	case g.bound == nil:
		return true
	case g.backward:
		return p.before(*g.bound, g.descending)
	default:
		return g.bound.before(p, g.descending)
	}
}

// compare sorts places by nearness to the bound.
func (g *pager) compare(a, b Place) int {
	if g.backward {
		return b.compare(a, g.descending)
	}
	return a.compare(b, g.descending)
}

// candidate is a row that may be on the page.
type candidate struct {
	Place
	row uint32
	in  *ranking
}

// findPage finds the hits of a query's page.
func (x *Index) findPage(q *Query, all []*found, words []asked, a *Answer) {
	g := &pager{bound: q.After, descending: q.Descending, want: q.Size + 1}
	if q.After == nil && q.Before != nil {
		g.bound, g.backward = q.Before, true
	}
	var near []candidate
	behind := false // a hit is on the other side
	for _, f := range all {
		if f.n > 0 {
			more, other := x.newRanking(f, words).nearestHits(g)
			near = append(near, more...)
			behind = behind || other
		}
	}
	slices.SortFunc(near, func(a, b candidate) int { return g.compare(a.Place, b.Place) })
	ahead := len(near) > q.Size
	near = near[:min(len(near), q.Size)]
	a.More, a.Less = ahead, behind
	if g.backward {
		slices.Reverse(near)
		a.More, a.Less = behind, ahead
	}
	for _, c := range near {
		h := Hit{Account: c.in.accounts[c.row], Place: c.Place}
		if q.Sort == ByRelevance {
			h.Parts = c.in.parts(c.row)
		}
		a.Hits = append(a.Hits, h)
	}
}

// nearestHits finds the hits nearest to the bound, and whether there is a hit
// on its other side. It walks along a presorted order if there are many hits;
// if there are few, or the walk finds none for long, it looks at all hits
// instead.
func (r *ranking) nearestHits(g *pager) (near []candidate, other bool) {
	if r.list != nil {
		return r.nearestPriced(g)
	}
	if r.order != nil {
		steps := 2*r.n + 1000
		if g.want*(r.rows/r.n) <= steps {
			if near, other, ok := r.walkOrder(g, steps); ok {
				return near, other
			}
		}
	}
	if steps := r.n / 2; r.lift > 0 && g.bound == nil && g.descending && g.want*(r.rows/r.n) <= steps {
		if near, ok := r.firstPageByRelevance(g, steps); ok {
			return near, false
		}
	}
	s := newSelection(g, r)
	for row := range r.hits.all {
		if r.lift > 0 && s.full && r.static.at(row)+r.lift < s.least {
			continue // without computing what the query adds, it cannot be enough
		}
		s.add(row, r.value(row))
	}
	return s.close(), s.other
}

// firstPageByRelevance finds the first page by relevance if the query adds parts of its
// own: it walks along the rows' static scores until even the largest possible addition
// could not lift one onto the page, and gives up after a number of steps.
func (r *ranking) firstPageByRelevance(g *pager, steps int) (near []candidate, ok bool) {
	s := newSelection(g, r)
	for i := range min(steps, r.byStatic.filled) {
		row := r.byStatic.at(i, true)
		if s.full && r.static.at(row)+r.lift < s.last.Value {
			return s.close(), true
		}
		if r.hits.has(row) {
			s.add(row, r.value(row))
		}
	}
	return nil, false
}

// walkOrder walks along the order from the bound, for a limited number of steps.
func (r *ranking) walkOrder(g *pager, steps int) (near []candidate, other, ok bool) {
	begin, step := r.begin, 1
	if g.bound != nil {
		begin = r.first(g)
	}
	if g.backward {
		begin, step = begin-1, -1
	}
	i := begin
	for ; i >= 0 && i < len(r.order.rows) && len(near) < g.want; i += step {
		if steps--; steps < 0 {
			return nil, false, false
		}
		if row := r.order.at(i, g.descending); r.hits.has(row) && r.isBestOfCreator(row) {
			near = append(near, candidate{r.place(row), row, r})
		}
	}
	if g.bound == nil {
		return near, false, true
	}
	for i = begin - step; i >= 0 && i < len(r.order.rows); i -= step {
		if steps--; steps < 0 {
			return nil, false, false
		}
		if row := r.order.at(i, g.descending); r.hits.has(row) && r.isBestOfCreator(row) {
			return near, true, true
		}
	}
	return near, false, true
}

// first returns the first position in the order that is after the bound or,
// backward, not before it.
func (r *ranking) first(g *pager) int {
	low, high := 0, len(r.order.rows)
	for low < high {
		mid := int(uint(low+high) >> 1)
		n := r.place(r.order.at(mid, g.descending)).compare(*g.bound, g.descending)
		if n < 0 || n == 0 && !g.backward {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// isBestOfCreator says whether a hit is the one by which its creator is found: by
// relevance the one with the most followers, otherwise the first in the order.
func (r *ranking) isBestOfCreator(row uint32) bool {
	if !r.siblings.has(row) {
		return true
	}
	own := r.place(row)
	from, to := r.rowsBeside(row)
	for other := from; other < to; other++ {
		if other == row || !r.hits.has(other) {
			continue
		}
		n := 0
		if r.byFollowers {
			n = cmp.Compare(r.figures[Followers].at(row), r.figures[Followers].at(other))
		}
		if n == 0 {
			n = r.place(other).compare(own, r.descending)
		}
		if n < 0 || n == 0 && (other < row) != r.descending {
			return false
		}
	}
	return true
}

func (r *ranking) place(row uint32) Place { return placeOf(r.value(row), r.creators[row]) }
