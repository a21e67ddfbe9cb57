package index

import mathbits "math/bits"

// found is what a query finds in a segment.
type found struct {
	*part
	q          *Query
	conditions []condition
	within     bits // the rows to which the conditions are applied
	narrowed   bool // by words or time, so the counts of all rows can't be used
	gone       []uint32
	hits       bits // meet all conditions
	missed     bits // fail exactly one condition; nil if not needed
	n          int  // number of hits, in rows
}

// findHits searches a part. The caller releases the result.
func (p *part) findHits(q *Query, words []asked) *found {
	f := &found{part: p, q: q}
	f.within = p.takeBits()
	copy(f.within, p.live)
	for _, w := range words {
		rows := p.takeBits()
		rows.setFrom(p.terms.Rows(w.word, w.near))
		f.within.intersect(rows)
		p.giveBits(rows)
		f.narrowed = true
	}
	if len(q.Months) > 0 {
		p.notFull(f.within, q.Months)
		f.narrowed = true
	}
	if q.Free != nil {
		p.notFree(f.within, *q.Free)
		f.narrowed = true
	}
	for _, creator := range q.Without {
		for row, to := p.rowsOfCreator(creator); row < to; row++ {
			if f.within.has(row) {
				f.within.clear(row)
				f.gone = append(f.gone, row)
			}
		}
	}
	f.conditions = p.conditions(q)
	f.intersectConditions()
	return f
}

// intersectConditions finds the hits and, if facets are counted, the rows that fail
// exactly one condition.
func (f *found) intersectConditions() {
	f.hits = f.takeBits()
	copy(f.hits, f.within)
	if f.q.Facets == 0 || len(f.conditions) < 2 && !f.narrowed {
		for _, c := range f.conditions {
			f.hits.intersect(c.rows)
		}
		f.n = f.hits.count()
		return
	}
	f.missed = f.takeBits()
	clear(f.missed)
	for _, c := range f.conditions {
		hits, missed, rows := f.hits, f.missed[:len(f.hits)], c.rows[:len(f.hits)]
		for i, h := range hits {
			missed[i] = missed[i]&rows[i] | h&^rows[i]
			hits[i] = h & rows[i]
		}
	}
	f.n = f.hits.count()
}

// isCrowded says whether there are so many rows that counting value by value is
// faster than row by row.
func (f *found) isCrowded(rows int) bool { return rows > f.rows/10 }

// hitsWithout returns the rows that meet all conditions except that of a facet;
// the caller releases them.
func (f *found) hitsWithout(of facet) bits {
	rows := f.takeBits()
	copy(rows, f.hits)
	for _, c := range f.conditions {
		switch {
		case c.facet != of:
		case f.missed == nil: // it is the only one
			copy(rows, f.within)
		default:
			for i := range rows {
				rows[i] |= f.missed[i] &^ c.rows[i]
			}
		}
	}
	return rows
}

// release returns the buffers of the search.
func (f *found) release() {
	for _, c := range f.conditions {
		f.giveBits(c.rows)
	}
	f.giveBits(f.within)
	f.giveBits(f.hits)
	if f.missed != nil {
		f.giveBits(f.missed)
	}
}

// countCreators counts the creators with hits.
func (f *found) countCreators() (n int64) {
	creator := Null
	for i, siblings := range f.siblings {
		h := f.hits[i]
		n += int64(mathbits.OnesCount64(h &^ siblings))
		for w := h & siblings; w != 0; w &= w - 1 {
			if c := f.creators[i<<6+mathbits.TrailingZeros64(w)]; c != creator {
				creator = c
				n++
			}
		}
	}
	return n
}
