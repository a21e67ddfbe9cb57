package index

import (
	mathbits "math/bits"
	"slices"
)

// groups counts the creators of the crowd, each once for a value: by all facets
// over her rows that meet everything, and by the facet of a condition also over
// those that fail it alone.
func (t *tally) groups(found *found) {
	g := group{tally: t}
	creator := Null
	for i, w := range found.crowd {
		for ; w != 0; w &= w - 1 {
			row := uint32(i<<6 + mathbits.TrailingZeros64(w))
			if t.s.creators[row] != creator {
				g.count()
				creator = t.s.creators[row]
			}
			g.rows = append(g.rows, member{&t.s.cells[row], found.fails(row)})
		}
	}
	g.count()
}

// meets stands for the facet that a row fails when it meets everything.
const meets = facet(-1)

type member struct {
	*cells
	fails facet
}

// group is the rows of a creator that meet everything or fail one condition.
type group struct {
	*tally
	rows   []member
	sets   []uint32
	values []uint32
}

func (g *group) count() {
	switch len(g.rows) {
	case 0:
		return
	case 1:
		g.single(g.rows[0])
	case 2:
		g.pair(g.rows[0], g.rows[1])
	default:
		g.several()
	}
	g.rows = g.rows[:0]
}

func (g *group) single(r member) {
	if r.fails == meets {
		g.persons++
		g.one(r.cells)
	} else {
		g.tally.count(r.fails, r.cells)
	}
}

func (g *group) several() {
	if slices.ContainsFunc(g.rows, func(r member) bool { return r.fails == meets }) {
		g.persons++
	}
	for f := range ValueFacets {
		g.countValues(f)
	}
	for f := range RangeFacets {
		if f != Price {
			g.countBands(f)
		}
	}
}

// countValues counts the values of all rows together: their set if it is the
// same one, else one by one.
func (g *group) countValues(f ValueFacet) {
	g.sets = g.sets[:0]
	for _, r := range g.rows {
		if r.fails == meets || r.fails == facet(f) {
			if set := r.set(f); !slices.Contains(g.sets, set) {
				g.sets = append(g.sets, set)
			}
		}
	}
	switch len(g.sets) {
	case 0:
	case 1:
		g.tally.sets(f)[g.sets[0]]++
	default:
		g.values = g.values[:0]
		for _, set := range g.sets {
			for _, v := range g.s.values[f].sets[set] {
				if !slices.Contains(g.values, v) {
					g.values = append(g.values, v)
					g.more[f][v]++
				}
			}
		}
	}
}

// countBands counts each band of all rows; of the days of the last post only
// the latest.
func (g *group) countBands(f RangeFacet) {
	g.sets = g.sets[:0]
	at := smallBands + int(f)
	for _, r := range g.rows {
		if r.fails != meets && r.fails != ofRange+facet(f) {
			continue
		}
		b := uint32(r.small[at])
		switch {
		case f == LastPosted && len(g.sets) > 0:
			g.sets[0] = min(g.sets[0], b)
		case !slices.Contains(g.sets, b):
			g.sets = append(g.sets, b)
		}
	}
	for _, b := range g.sets {
		g.small[at][b]++
	}
}
