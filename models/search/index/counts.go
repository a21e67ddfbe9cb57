package index

// counts holds how many creators of a segment have each value.
type counts struct {
	total  int64
	values [ValueFacets][]int64 // by value
	bands  [RangeFacets][]int64 // by Limits; LastPosted and Price have none here
	posted []int64              // by the query's days, without those in days
	days   [256]int64           // by days between their last post and the latest, as encoded in cells
}

func (s *Segment) noCounts() *counts {
	c := &counts{}
	for f := range c.values {
		c.values[f] = make([]int64, len(s.values[f].names))
	}
	for f := range c.bands {
		if RangeFacet(f) != LastPosted && RangeFacet(f) != Price {
			c.bands[f] = make([]int64, len(limits[f])+1)
		}
	}
	return c
}

// takeFacet copies the counts of a facet from o.
func (c *counts) takeFacet(of facet, o *counts) {
	switch {
	case of < ofRange:
		c.values[of] = o.values[of]
	case of == ofRange+facet(LastPosted):
		c.days, c.posted = o.days, o.posted
	case of < ofShare:
		c.bands[of-ofRange] = o.bands[of-ofRange]
	}
}

// subtract returns the difference c - o.
func (c *counts) subtract(o *counts) *counts {
	d := *c
	d.total -= o.total
	for f := range c.values {
		d.values[f] = subtractAll(c.values[f], o.values[f])
	}
	for f := range c.bands {
		d.bands[f] = subtractAll(c.bands[f], o.bands[f])
	}
	for i := range d.days {
		d.days[i] -= o.days[i]
	}
	return &d
}

func subtractAll(a, b []int64) []int64 {
	d := make([]int64, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d
}

// countRows counts the creators of some rows, which include all rows of each creator.
func (s *Segment) countRows(rows bits) *counts {
	c, t := s.noCounts(), s.newTally(AllFacets)
	defer s.tallies.Put(t)
	among := s.subset(rows)
	defer s.giveBits(among.second)
	t.countRows(among)
	t.addTo(c)
	c.total = among.persons()
	return c
}

// countAll counts all rows.
func (s *Segment) countAll() *counts {
	rows := newBits(s.rows)
	for row := range uint32(s.rows) {
		rows.set(row)
	}
	return s.countRows(rows)
}
