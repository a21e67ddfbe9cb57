package index

import (
	mathbits "math/bits"
	"slices"
)

// countNearMisses counts the rows that fail only one condition in that condition's facet.
func (t *tally) countNearMisses(f *found, c *condition) {
	kind, at := cellOf(c.facet)
	if kind == nowhere {
		return
	}
	crowd := f.rowsOfRepeatedCreators(c)
	defer f.giveBits(crowd)
	switch kind {
	case inWide:
		countColumn(t.wide[at], t.s.columns.wide[at], f.missed, c.rows, crowd)
	case inSlim:
		countColumn(t.slim[at], t.s.columns.slim[at], f.missed, c.rows, crowd)
	case inSmall:
		countColumn(t.small[at][:], t.s.columns.small[at], f.missed, c.rows, crowd)
	}
	for i, w := range crowd {
		for w &= f.missed[i] &^ c.rows[i]; w != 0; w &= w - 1 {
			t.countLateRow(f, c, uint32(i<<6+mathbits.TrailingZeros64(w)))
		}
	}
}

// columns holds the cells facet by facet.
type columns struct {
	wide  [4][]uint32
	slim  [2][]uint16
	small [smallCells][]uint8
}

func countColumn[C uint8 | uint16 | uint32](counts []uint32, column []C, missed, meet, crowd bits) {
	meet, crowd = meet[:len(missed)], crowd[:len(missed)]
	for i, w := range missed {
		for w &^= meet[i] | crowd[i]; w != 0; w &= w - 1 {
			counts[column[i<<6+mathbits.TrailingZeros64(w)]]++
		}
	}
}

// countLateRow counts what a row that fails only one condition adds to the creator's
// rows already counted: hits, and such rows before it.
func (t *tally) countLateRow(f *found, c *condition, row uint32) {
	var room [8]uint32
	counted := room[:0]
	from, to := t.s.rowsBeside(row)
	for other := from; other < to; other++ {
		if f.hits.has(other) || other < row && f.missed.has(other) && !c.rows.has(other) {
			counted = append(counted, t.s.columns.at(c.facet, other))
		}
	}
	own := t.s.columns.at(c.facet, row)
	if c.facet < ofRange {
		t.addValues(ValueFacet(c.facet), own, counted)
	} else {
		t.addBand(smallBands+int(c.facet-ofRange), own, counted)
	}
}

// at is the cell of a row for a facet.
func (c *columns) at(f facet, row uint32) uint32 {
	switch kind, at := cellOf(f); kind {
	case inWide:
		return c.wide[at][row]
	case inSlim:
		return uint32(c.slim[at][row])
	default:
		return uint32(c.small[at][row])
	}
}

// addBand counts a band unless it is among those counted.
func (t *tally) addBand(at int, own uint32, counted []uint32) {
	if at != smallPosted {
		if !slices.Contains(counted, own) {
			t.small[at][own]++
		}
		return
	}
	if len(counted) > 0 { // the latest post alone counts
		last := slices.Min(counted)
		if last <= own {
			return
		}
		t.small[at][last]--
	}
	t.small[at][own]++
}

// addValues counts the values of a set that are in none of those already counted.
func (t *tally) addValues(f ValueFacet, set uint32, counted []uint32) {
	if len(counted) == 0 {
		t.sets(f)[set]++
		return
	}
	if slices.Contains(counted, set) {
		return
	}
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
