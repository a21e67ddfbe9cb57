package index

import "sync"

// How much of a set is read in the time that it takes to count a row by its cell, as
// measured over a million rows.
const (
	wordsPerRow   = 8
	entriesPerRow = 5
)

// workOfSets is how many rows are counted by their cells in the time that counting a
// facet value by value takes, however many rows those are.
func (f *found) workOfSets(of facet) (rows int) {
	switch {
	case of < ofRange:
		return workOf(f.Segment.values[of].rows)
	case of == ofRange+facet(LastPosted):
		return len(f.q.Posted) * len(f.joined) / wordsPerRow
	default:
		return workOf(f.Segment.bands[of-ofRange].rows)
	}
}

func workOf(sets []rowSet) (rows int) {
	for i := range sets {
		rows += len(sets[i].dense)/wordsPerRow + (len(sets[i].few)+len(sets[i].pairs))/entriesPerRow
	}
	return rows
}

// countSets counts a facet by the rows that each value has in common with a subset.
func (f *found) countSets(rows *subset, of facet, c *counts) {
	switch {
	case of < ofRange:
		rows.countAll(f.Segment.values[of].rows, c.values[of])
	case of == ofRange+facet(LastPosted):
		c.posted = make([]int64, len(f.q.Posted))
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
