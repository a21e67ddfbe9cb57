package search

import (
	"slices"
	"strconv"

	"tribemarket/models/search/index"
)

// facetsOf returns the counts of an answer as a page shows them.
func (e *Engine) facetsOf(x *index.Index, f Filter, q index.Query, a index.Answer) Facets {
	all := Facets{Lists: map[string][]ValueCount{}, Ranges: map[string][]RangeBand{}}
	for _, d := range filters {
		if d.facet()&q.Facets == 0 {
			continue
		}
		switch d.Kind {
		case KindList:
			all.Lists[d.Param] = countsOf(a.Values[d.value], d.ValuesOf(f))
		case KindShare:
			all.Lists[d.Param] = countsOf(a.Shares[d.share], d.ValuesOf(f))
		case KindRange:
			all.Ranges[d.Param] = bandsOf(index.Limits(d.figure), a.Bands[d.figure], d.LimitsOf(f))
		case KindFlag:
			all.Lists[d.Param] = flagCount(a.Values[d.value], d.flag, d.IsOn(f))
		case KindWithin:
			all.Lists[d.Param] = withinCounts(d, a, d.NumberOf(f))
		}
	}
	if tribes, counted := all.Lists["tribe"]; counted {
		c := e.creators.TribeCatalogue()
		all.Lists["tribe"] = slices.DeleteFunc(tribes, func(n ValueCount) bool { _, ok := c.TribeBySlug(n.Value); return !ok })
	}
	if bands, counted := all.Ranges["followers"]; counted {
		all.Ranges["followers"] = e.aboveFloor(x, q, bands, f.Followers)
	}
	return all
}

func countsOf(counts []index.Count, chosen []string) []ValueCount {
	all := make([]ValueCount, 0, len(counts))
	for _, c := range counts {
		if c.Value != "" {
			all = append(all, ValueCount{c.Value, c.N, slices.Contains(chosen, c.Value)})
		}
	}
	return all
}

func flagCount(flags []index.Count, flag string, chosen bool) []ValueCount {
	all := ValueCount{Value: "1", Chosen: chosen}
	for _, c := range flags {
		if c.Value == flag {
			all.N = c.N
		}
	}
	return []ValueCount{all}
}

// withinCounts returns the count for each period. Hours add up the bands: all of a
// creator's accounts share one response time, so no creator is in two bands.
func withinCounts(d FilterDefinition, a index.Answer, chosen int64) []ValueCount {
	var all []ValueCount
	for i, option := range d.Options {
		c := ValueCount{Value: strconv.FormatInt(option, 10), Chosen: chosen == option}
		if d.Unit == UnitDays {
			c.N = a.Posted[i]
			all = append(all, c)
			continue
		}
		for band, limit := range index.Limits(d.figure) {
			if limit <= option*60+1 {
				c.N += a.Bands[d.figure][band]
			}
		}
		all = append(all, c)
	}
	return all
}

// bandsOf returns the bands between limits, each from one limit to below the next.
func bandsOf(limits, counts []int64, chosen Range) []RangeBand {
	all := make([]RangeBand, len(counts))
	for i, n := range counts {
		var r Range
		if i > 0 {
			r.Min = new(limits[i-1])
		}
		if i < len(limits) {
			r.Max = new(limits[i] - 1)
		}
		all[i] = RangeBand{r, n, chosen.equals(r)}
	}
	return all
}

// aboveFloor starts the first band at the marketplace's floor. Creators below it
// in their grace period are counted there, where a filter from the floor on
// finds them too.
func (e *Engine) aboveFloor(x *index.Index, q index.Query, bands []RangeBand, chosen Range) []RangeBand {
	floor, below := e.creators.FollowerFloor(), int64(0)
	for len(bands) > 1 && bands[0].Range.Max != nil && *bands[0].Range.Max < floor {
		below += bands[0].N
		bands = bands[1:]
	}
	first := &bands[0]
	if below > 0 { // a creator may have accounts on both sides
		q.Ranges[index.Followers] = index.Range{Max: first.Range.Max}
		q.Size, q.Facets = 0, 0
		first.N = x.Search(q).Total
	}
	first.Range.Min = &floor
	first.Chosen = chosen.equals(first.Range) || chosen.equals(Range{Max: first.Range.Max}) && first.Range.Max != nil
	return bands
}
