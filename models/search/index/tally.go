package index

import mathbits "math/bits"

// tally counts rows of a segment by their cells in some facets.
type tally struct {
	s      *Segment
	facets []facet
	counts [ofShare][]uint32     // by cell
	more   [ValueFacets][]uint32 // by value, for creators who have it in only some of the rows that fit
}

// newTally returns an empty tally; it is given back to s.tallies.
func (s *Segment) newTally(of FacetSet) *tally {
	t, ok := s.tallies.Get().(*tally)
	if !ok {
		t = &tally{s: s}
	}
	t.facets = t.facets[:0]
	for f := range ofShare {
		if !of.has(f) || !hasCells(f) {
			continue
		}
		t.facets = append(t.facets, f)
		cells := noBand + 1
		if f < ofRange {
			cells = s.values[f].sets()
			t.more[f] = cleared(t.more[f], len(s.values[f].names))
		}
		t.counts[f] = cleared(t.counts[f], cells)
	}
	return t
}

// cleared returns a slice of n zeroes, the same one if there is one.
func cleared(counts []uint32, n int) []uint32 {
	if counts == nil {
		return make([]uint32, n)
	}
	clear(counts)
	return counts
}

// countRows counts rows, their creators once each.
func (t *tally) countRows(rows *subset) {
	several := t.s.takeBits() // second rows, and those of creators with more
	defer t.s.giveBits(several)
	for i, w := range rows.of {
		several[i] = w & (rows.second[i] | t.s.many[i])
	}
	inBatches(rows.of, several, t.countBatch)
	inBatches(rows.second, nil, t.countSecondRows)
	for i := range several {
		several[i] &^= rows.second[i]
	}
	t.countLargeGroups(several)
}

// inBatches gathers the numbers of rows that are not in another set. A batch fits into the
// processor's nearest memory, so that it is quickly gone through facet by facet.
func inBatches(rows, except bits, do func([]uint32)) {
	var batch [2048]uint32
	n := 0
	for i, w := range rows {
		if except != nil {
			w &^= except[i]
		}
		for ; w != 0; w &= w - 1 {
			batch[n] = uint32(i<<6 + mathbits.TrailingZeros64(w))
			n++
		}
		if n > len(batch)-64 {
			do(batch[:n])
			n = 0
		}
	}
	do(batch[:n])
}

func (t *tally) countBatch(rows []uint32) {
	for _, of := range t.facets {
		t.s.cells[of].count(t.counts[of], rows)
	}
}

// addTo adds what has been counted to counts.
func (t *tally) addTo(c *counts) {
	for _, of := range t.facets {
		switch counted := t.counts[of]; {
		case of < ofRange:
			t.addValuesTo(c.values[of], ValueFacet(of))
		case of == ofRange+facet(LastPosted):
			for days, n := range counted {
				c.days[days] += int64(n)
			}
		default:
			bands := c.bands[of-ofRange]
			for i := range bands {
				bands[i] += int64(counted[i])
			}
		}
	}
}

func (t *tally) addValuesTo(values []int64, f ValueFacet) {
	d := &t.s.values[f]
	for set, n := range t.counts[f] {
		if n != 0 {
			for _, v := range d.set(uint32(set)) {
				values[v] += int64(n)
			}
		}
	}
	for v, n := range t.more[f] {
		values[v] += int64(n)
	}
}
