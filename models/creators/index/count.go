package index

import "slices"

// count counts a query's facets in its cells.
func (f *found) count() *counts {
	if !f.narrowed && len(f.conditions) == 0 {
		return f.unfiltered()
	}
	t := f.tally()
	defer f.tallies.Put(t)
	t.all(f.hits)
	t.groups(f)
	if f.missed == nil { // one filter, for whose own facet all creators count
		c, all := t.counts(), f.unfiltered()
		switch own := f.conditions[0].facet; {
		case own < ofRange:
			c.values[own] = all.values[own]
		case own == ofRange+facet(LastPosted):
			c.days = all.days
		case own < ofShare:
			c.bands[own-ofRange] = all.bands[own-ofRange]
		}
		return c
	}
	for i := range f.conditions {
		rows := f.only(&f.conditions[i])
		t.by(f.conditions[i].facet, rows)
		f.give(rows)
	}
	return t.counts()
}

// unfiltered are the counts of all creators but those left out.
func (f *found) unfiltered() *counts {
	if len(f.gone) == 0 {
		return f.totals
	}
	gone := f.take()
	defer f.give(gone)
	clear(gone)
	for _, row := range f.gone {
		gone.set(row)
	}
	return f.totals.without(f.countRows(gone))
}

// countPrices counts the bands of the prices on the query's market.
func (f *found) countPrices(bands []int64) {
	rows := f.without(ofRange + facet(Price))
	defer f.give(rows)
	p := f.market(f.q)
	creator, seen := Null, uint32(0)
	for i, row := range p.rows {
		if !rows.has(row) {
			continue
		}
		if c := f.creators[row]; c != creator {
			creator, seen = c, 0
		}
		if b := band(limits[Price], p.minor[i]); seen>>b&1 == 0 {
			seen |= 1 << b
			bands[b]++
		}
	}
}

// countPosted counts who has posted on or after each day of the query.
func (f *found) countPosted(c *counts, posted []int64) {
	old := false
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

// countOld adds those whose last post is too long ago for the cells to say when.
func (f *found) countOld(posted []int64) {
	rows := f.without(ofRange + facet(LastPosted))
	defer f.give(rows)
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

// countShares counts the keys of a division of the audience.
func (f *found) countShares(of ShareFacet, byKey []int64) {
	ppm := f.q.Shares[of].PPM
	own := slices.ContainsFunc(f.conditions, func(c condition) bool { return c.facet == ofShare+facet(of) })
	if !f.narrowed && len(f.gone) == 0 && (len(f.conditions) == 0 || own && len(f.conditions) == 1) {
		for key, n := range f.part.shares(of, ppm) {
			byKey[key] += n
		}
		return
	}
	rows := f.without(ofShare + facet(of))
	defer f.give(rows)
	f.countKeys(rows, of, ppm, byKey)
}

// countKeys counts, by key, the creators of rows with a share of at least ppm.
func (s *Segment) countKeys(rows bits, of ShareFacet, ppm int32, byKey []int64) {
	a := &s.audience
	creator, seen := Null, []uint32(nil)
	for i, has := range a.has.rows {
		for row := range (bits{has & rows[i]}).all {
			row += uint32(i << 6)
			several := s.siblings.has(row)
			if c := s.creators[row]; several && c != creator {
				creator, seen = c, seen[:0]
			}
			for _, share := range a.of(row) {
				if share.ppm < ppm || a.keys[share.key].Kind != of || several && slices.Contains(seen, share.key) {
					continue
				}
				if several {
					seen = append(seen, share.key)
				}
				byKey[share.key]++
			}
		}
	}
}
