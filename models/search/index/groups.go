package index

import "slices"

// countSecondRows counts what the second rows of creators with two have in addition to the
// rows before them.
func (t *tally) countSecondRows(rows []uint32) {
	for _, of := range t.facets {
		cells := &t.s.cells[of]
		for _, row := range rows {
			if own, first := cells.at(row), cells.at(row-1); own != first {
				t.countNewCell(of, own, []uint32{first})
			}
		}
	}
}

// countLargeGroups counts the rows of creators with more than two: everything that the
// first one has, then from each other what the rows before it don't have.
func (t *tally) countLargeGroups(rows bits) {
	var room [8]uint32
	counted := room[:0] // the creator's rows so far
	for row := range rows.all {
		if len(counted) > 0 && t.s.creators[row] != t.s.creators[counted[0]] {
			counted = counted[:0]
		}
		for _, of := range t.facets {
			cells, seen := &t.s.cells[of], make([]uint32, 0, len(room))
			for _, other := range counted {
				seen = append(seen, cells.at(other))
			}
			t.countNewCell(of, cells.at(row), seen)
		}
		counted = append(counted, row)
	}
}

// countNewCell counts what a row's cell has and the creator's cells already counted don't
// have.
func (t *tally) countNewCell(of facet, own uint32, counted []uint32) {
	switch {
	case len(counted) == 0:
		t.counts[of][own]++
	case slices.Contains(counted, own):
	case of < ofRange:
		t.countNewValues(ValueFacet(of), own, counted)
	case of == ofRange+facet(LastPosted): // the latest post alone counts
		if last := slices.Min(counted); own < last {
			t.counts[of][last]--
			t.counts[of][own]++
		}
	default:
		t.counts[of][own]++
	}
}

// countNewValues counts the values of a set that are in none of those already counted.
func (t *tally) countNewValues(f ValueFacet, set uint32, counted []uint32) {
	d := &t.s.values[f]
values:
	for _, v := range d.set(set) {
		for _, c := range counted {
			if slices.Contains(d.set(c), v) {
				continue values
			}
		}
		t.more[f][v]++
	}
}
