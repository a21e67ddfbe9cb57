package index

import (
	"slices"
	"sync"
)

// countSets counts the rows that each value has in common with the hits or, for
// a filter's own facet, with the hits and the rows that fail only this filter.
func (f *found) countSets() *counts {
	c := f.noCounts()
	rows := f.takeBits()
	copy(rows, f.hits)
	hits := f.subset(rows)
	defer f.giveSubset(hits)
	c.total = hits.persons()
	for of := range ofShare {
		switch {
		case !f.countsSets(of) || !f.q.Facets.has(of):
		case f.missed != nil && f.leftOut(of):
			f.countOwn(c, of)
		default:
			f.countAmong(hits, of, c)
		}
	}
	return c
}

// countsSets says whether a facet has sets of rows; prices and audiences are
// counted separately.
func (f *found) countsSets(of facet) bool { return of < ofShare && of != ofRange+facet(Price) }

// countOwn counts a filter's own facet.
func (f *found) countOwn(c *counts, of facet) {
	rows := f.subset(f.hitsWithout(of))
	defer f.giveSubset(rows)
	f.countAmong(rows, of, c)
}

func (f *found) countAmong(rows *subset, of facet, c *counts) {
	switch {
	case of < ofRange:
		rows.countAll(f.Segment.values[of].rows, c.values[of])
	case of == ofRange+facet(LastPosted):
		c.days, c.posted = [256]int64{}, make([]int64, len(f.q.Posted))
		for i, day := range f.q.Posted {
			if f.latest != Null && day <= f.latest {
				c.posted[i] = rows.count(f.postedSince(max(day, f.latest-longAgo+1)))
			}
		}
	default:
		rows.countAll(f.Segment.bands[of-ofRange].rows, c.bands[of-ofRange])
	}
}

// countAll counts the creators in each of the sets.
func (b *subset) countAll(sets []rowSet, counts []int64) {
	for i := range sets {
		counts[i] = b.count(&sets[i])
	}
}

// leftOut says whether counting a facet ignores its own filter.
func (f *found) leftOut(of facet) bool {
	return slices.ContainsFunc(f.conditions, func(c condition) bool { return c.facet == of && !c.all })
}

// since caches the rows of accounts that have posted since a day, by day: all
// queries use the same few days.
type since struct {
	sync.Mutex
	sets map[int64]*rowSet
}

// mostSince is how many days are cached.
const mostSince = 16

func (s *Segment) postedSince(day int64) *rowSet {
	s.posted.Lock()
	defer s.posted.Unlock()
	if set, ok := s.posted.sets[day]; ok {
		return set
	}
	sets, posted := s.newRowSets(1), &s.figures[LastPosted]
	for row := range uint32(s.rows) {
		if v := posted.at(row); v != Null && v >= day {
			sets.add(0, row)
		}
	}
	if len(s.posted.sets) >= mostSince || s.posted.sets == nil {
		s.posted.sets = map[int64]*rowSet{}
	}
	set := &sets.close()[0]
	s.posted.sets[day] = set
	return set
}
