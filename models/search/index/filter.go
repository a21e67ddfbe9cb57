package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// facet is a filter whose choices are counted: the ValueFacets, then the
// RangeFacets, then the ShareFacets.
type facet int

const (
	ofRange = facet(ValueFacets)
	ofShare = ofRange + facet(RangeFacets)
	facets  = ofShare + facet(ShareFacets)
)

// FacetSet is a set of facets.
type FacetSet uint32

// Set is the set of this facet alone.
func (f ValueFacet) Set() FacetSet { return 1 << f }

// Set is the set of this facet alone.
func (f RangeFacet) Set() FacetSet { return 1 << (ofRange + facet(f)) }

// Set is the set of this facet alone.
func (f ShareFacet) Set() FacetSet { return 1 << (ofShare + facet(f)) }

// AllFacets are all facets.
const AllFacets FacetSet = 1<<facets - 1

func (s FacetSet) has(f facet) bool { return s>>f&1 != 0 }

// condition is a filter that a query uses, with the rows that meet it.
type condition struct {
	facet facet
	rows  bits
	all   bool // requires all of its values at once, so its own facet is counted among the hits
}

// conditions returns the conditions of a query that have a facet.
func (s *Segment) conditions(q *Query) (all []condition) {
	for f := range ValueFacets {
		if len(q.Values[f].Values) > 0 {
			all = append(all, condition{facet(f), s.withValues(f, &q.Values[f]), q.Values[f].All})
		}
	}
	for f := range RangeFacets {
		if r := q.Ranges[f]; r.Min == nil && r.Max == nil {
			continue
		}
		low, high := q.Ranges[f].bounds()
		rows := s.takeBits()
		clear(rows)
		switch {
		case low > high:
		case f == Price:
			s.withPrice(rows, s.pricesOf(q), low, high)
		default:
			s.withFigure(rows, f, low, high)
		}
		all = append(all, condition{facet: ofRange + facet(f), rows: rows})
	}
	for f := range ShareFacets {
		if len(q.Shares[f].Keys) > 0 {
			all = append(all, condition{facet: ofShare + facet(f), rows: s.withShare(f, &q.Shares[f])})
		}
	}
	return all
}

// bounds returns the ends of the range; Null is a missing figure.
func (r Range) bounds() (low, high int64) {
	low, high = Null+1, 1<<63-1
	if r.Min != nil {
		low = max(low, *r.Min)
	}
	if r.Max != nil {
		high = *r.Max
	}
	return low, high
}

func (s *Segment) pricesOf(q *Query) *priced {
	if p := s.prices[market{q.Format, q.Currency}]; p != nil {
		return p
	}
	return &priced{}
}

func (s *Segment) withValues(f ValueFacet, choice *Choice) bits {
	d := &s.values[f]
	rows := s.takeBits()
	clear(rows)
	for i, name := range choice.Values {
		id, ok := d.ids[name]
		switch {
		case ok && (i == 0 || !choice.All):
			d.rows[id].addTo(rows)
		case ok:
			s.intersect(rows, &d.rows[id])
		case choice.All:
			clear(rows)
			return rows
		}
	}
	return rows
}

// intersect removes the rows that are not in a set.
func (s *Segment) intersect(rows bits, set *rowSet) {
	if set.dense != nil {
		rows.intersect(set.dense)
		return
	}
	few := s.takeBits()
	defer s.giveBits(few)
	clear(few)
	set.addTo(few)
	rows.intersect(few)
}

// withFigure sets the rows whose figure is between low and high: all rows of
// the bands inside, and from the bands at both ends those found in the figure's
// order.
func (s *Segment) withFigure(rows bits, f RangeFacet, low, high int64) {
	b := &s.bands[f]
	first, last := band(b.limits, low), band(b.limits, high)
	if first == last {
		s.setBandEdge(rows, f, first, low, high)
		return
	}
	for i := first + 1; i < last; i++ {
		b.rows[i].addTo(rows)
	}
	// Often an end of a range is a limit between bands.
	if first > 0 && b.limits[first-1] == low || low == Null+1 {
		b.rows[first].addTo(rows)
		first = -1
	}
	if last < len(b.limits) && b.limits[last] == high+1 || high == 1<<63-1 {
		b.rows[last].addTo(rows)
		last = -1
	}
	if first >= 0 {
		s.setBandEdge(rows, f, first, low, high)
	}
	if last >= 0 {
		s.setBandEdge(rows, f, last, low, high)
	}
}

// setBandEdge sets the rows of one band whose figure is between low and high. They
// are adjacent in the figure's order.
func (s *Segment) setBandEdge(rows bits, f RangeFacet, band int, low, high int64) {
	b, c, o := &s.bands[f], &s.figures[f], &s.orders[f]
	if band > 0 {
		low = max(low, b.limits[band-1])
	}
	if band < len(b.limits) {
		high = min(high, b.limits[band]-1)
	}
	from, to := o.first(c, low), o.filled
	if high < 1<<63-1 {
		to = o.first(c, high+1)
	}
	for _, row := range o.rows[from:max(from, to)] {
		rows.set(row)
	}
}

func (s *Segment) withPrice(rows bits, p *priced, low, high int64) {
	for i, minor := range p.minor {
		if low <= minor && minor <= high {
			rows.set(p.rows[i])
		}
	}
}

func (s *Segment) withShare(f ShareFacet, t *Threshold) bits {
	rows := s.takeBits()
	clear(rows)
	for _, key := range t.Keys {
		if id, ok := s.audience.ids[Share{Kind: f, Key: key}]; ok {
			k := &s.audience.byKey[id]
			for _, row := range k.rows[:k.above(t.PPM)] {
				rows.set(row)
			}
		}
	}
	return rows
}

// notFull removes rows that are full in all of the given months.
func (s *Segment) notFull(rows bits, months []int32) {
	var full []*roaring.Bitmap
	for _, m := range months {
		of, ok := s.full[m]
		if !ok {
			return
		}
		full = append(full, of)
	}
	for all := roaring.FastAnd(full...).Iterator(); all.HasNext(); {
		rows.clear(all.Next())
	}
}

// notFree removes rows that are away in a span.
func (s *Segment) notFree(rows bits, free Span) {
	a := &s.away
	for i, row := range a.rows {
		if slices.ContainsFunc(a.spans[a.starts[i]:a.starts[i+1]], func(s Span) bool { return s.From <= free.To && s.To >= free.From }) {
			rows.clear(row)
		}
	}
}
