package index

// countFacets counts a query's facets: row by row or, if there are many rows, value
// by value.
func (f *found) countFacets() *counts {
	if !f.narrowed && len(f.conditions) == 0 {
		return f.unfiltered()
	}
	var c *counts
	if f.isCrowded(f.n) {
		c = f.countSets()
	} else {
		c = f.countCells()
	}
	if f.missed == nil && !f.conditions[0].all { // a single filter: all creators count for its own facet
		c.takeFacet(f.conditions[0].facet, f.unfiltered())
	}
	return c
}

// countCells walks over the hits and, for each filter's own facet, over the
// rows that fail only this filter; if these are many, it counts the facet's
// sets instead.
func (f *found) countCells() *counts {
	t := f.tally(f.q.Facets)
	defer f.tallies.Put(t)
	t.countHits(f)
	var large []facet
	if f.missed != nil {
		for i := range f.conditions {
			switch c := &f.conditions[i]; {
			case c.all || !f.q.Facets.has(c.facet):
			case f.countsSets(c.facet) && f.isCrowded(f.n+f.missed.countOutside(c.rows)):
				large = append(large, c.facet)
			default:
				t.countNearMisses(f, c)
			}
		}
	}
	c := t.counts()
	for _, of := range large {
		f.countOwn(c, of)
	}
	return c
}

// unfiltered returns the counts of all creators except those left out.
func (f *found) unfiltered() *counts {
	if len(f.gone) == 0 {
		return f.totals
	}
	gone := f.leftOutRows()
	defer f.giveBits(gone)
	return f.totals.subtract(f.countRows(gone))
}

// leftOutRows returns the rows that are left out; the caller releases them.
func (f *found) leftOutRows() bits {
	gone := f.takeBits()
	clear(gone)
	for _, row := range f.gone {
		gone.set(row)
	}
	return gone
}

// countPrices counts the bands of the prices in the query's format and currency.
func (f *found) countPrices(bands []int64) {
	p := f.pricesOf(f.q)
	if len(p.rows) == 0 {
		return
	}
	rows := f.subset(f.hitsWithout(ofRange + facet(Price)))
	defer f.giveSubset(rows)
	for i := range p.bands {
		bands[i] += rows.count(&p.bands[i])
	}
}

// countPosted counts the creators who have posted on or after each day of the query.
func (f *found) countPosted(c *counts, posted []int64) {
	old := false
	for i, n := range c.posted {
		posted[i] += n
	}
	for i, day := range f.q.Posted {
		if f.latest == Null || day > f.latest {
			continue
		}
		ago := f.latest - day
		old = old || ago >= longAgo
		for _, n := range c.days[:min(ago+1, longAgo)] {
			posted[i] += n
		}
	}
	if old {
		f.countOld(posted)
	}
}

// countOld adds those whose last post is too old for the cells to say when it was.
func (f *found) countOld(posted []int64) {
	rows := f.hitsWithout(ofRange + facet(LastPosted))
	defer f.giveBits(rows)
	creator, last := Null, Null
	count := func() {
		if last != Null && f.latest-last >= longAgo {
			for i, day := range f.q.Posted {
				if day <= last {
					posted[i]++
				}
			}
		}
		last = Null
	}
	for row := range rows.all {
		if c := f.creators[row]; c != creator {
			count()
			creator = c
		}
		last = max(last, f.figures[LastPosted].at(row))
	}
	count()
}
