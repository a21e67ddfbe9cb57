package index

import "slices"

// pair counts a creator with two rows, the usual number where it isn't one: all
// of the first, then what the second adds.
func (t *tally) pair(a, b member) {
	if a.fails != meets {
		a, b = b, a
	}
	switch {
	case a.fails == meets && b.fails == meets:
		t.persons++
		t.one(a.cells)
		for f := range ofShare {
			t.add(f, a.cells, b.cells)
		}
	case a.fails == meets:
		t.persons++
		t.one(a.cells)
		t.add(b.fails, a.cells, b.cells)
	case a.fails == b.fails:
		t.count(a.fails, a.cells)
		t.add(a.fails, a.cells, b.cells)
	default:
		t.count(a.fails, a.cells)
		t.count(b.fails, b.cells)
	}
}

// add counts by a facet what b has and a, which is counted, has not.
func (t *tally) add(f facet, a, b *cells) {
	if f < ofRange {
		have, more := a.set(ValueFacet(f)), b.set(ValueFacet(f))
		if have != more {
			sets := t.s.values[f].sets
			for _, v := range sets[more] {
				if !slices.Contains(sets[have], v) {
					t.more[f][v]++
				}
			}
		}
		return
	}
	kind, at := cellOf(f)
	if kind != inSmall || a.small[at] == b.small[at] {
		return
	}
	if at == smallPosted { // the latest alone counts
		if b.small[at] > a.small[at] {
			return
		}
		t.small[at][a.small[at]]--
	}
	t.small[at][b.small[at]]++
}
