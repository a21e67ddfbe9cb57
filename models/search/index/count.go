package index

// countFacets counts a query's facets among the hits, and those of filters in use among
// the rows that meet all others.
func (f *found) countFacets() *counts {
	if !f.narrowed && len(f.conditions) == 0 {
		return f.unfiltered()
	}
	c, rest := f.noCounts(), f.q.Facets
	for i := range f.conditions {
		of := f.conditions[i].facet
		if f.conditions[i].all || !rest.has(of) || !hasCells(of) {
			continue
		}
		rest &^= 1 << of
		if f.missed == nil { // a single filter: all creators count for its own facet
			c.takeFacet(of, f.unfiltered())
		} else {
			f.countAmong(f.hitsWithout(of), 1<<of, c)
		}
	}
	hits := f.takeBits()
	copy(hits, f.hits)
	c.total = f.countAmong(hits, rest, c)
	return c
}

// countAmong counts the creators of some rows in some facets, and altogether: a facet
// value by value, by intersecting each one's rows with them, or row by row, whichever is
// less work. It releases the rows.
func (f *found) countAmong(rows bits, facets FacetSet, c *counts) (creators int64) {
	among := f.subset(rows)
	defer f.giveSubset(among)
	n, byRow := rows.count(), FacetSet(0)
	for of := range ofShare {
		switch {
		case !facets.has(of) || !hasCells(of):
		case n > f.workOfSets(of):
			f.countSets(among, of, c)
		default:
			byRow |= 1 << of
		}
	}
	if byRow != 0 {
		t := f.newTally(byRow)
		defer f.tallies.Put(t)
		t.countRows(among)
		t.addTo(c)
	}
	return among.persons()
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
