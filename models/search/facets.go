package search

import (
	"slices"
	"strconv"

	"tribemarket/models/creators"
	"tribemarket/models/search/index"
)

// facetsOf are the counts of an answer as a page shows them.
func (e *Engine) facetsOf(x *index.Index, f Filter, q index.Query, a index.Answer) Facets {
	all := Facets{Lists: map[string][]Count{}, Ranges: map[string][]Band{}}
	for _, l := range f.lists() {
		if facet, ok := listFacets[l.param]; ok {
			all.Lists[l.param] = countsOf(a.Values[facet], *l.values)
		} else {
			all.Lists[l.param] = countsOf(a.Shares[shareFacets[l.param]], *l.values)
		}
	}
	c := e.creators.Catalogue()
	all.Lists["tribe"] = slices.DeleteFunc(all.Lists["tribe"], func(n Count) bool { _, ok := c.Tribe(n.Value); return !ok })
	all.Lists["verified"] = verifiedCount(a.Values[index.Source], f.Verified)
	for i, days := range PostedWithin() {
		all.Lists["posted"] = append(all.Lists["posted"], Count{strconv.FormatInt(days, 10), a.Posted[i], f.PostedWithin == days})
	}
	all.Lists["responds"] = respondCounts(a.Bands[index.Responds], f.RespondsWithin)
	for _, r := range f.ranges() {
		facet := rangeFacets[r.param]
		all.Ranges[r.param] = bandsOf(index.Limits(facet), a.Bands[facet], *r.limits)
	}
	all.Ranges["followers"] = e.aboveFloor(x, q, all.Ranges["followers"], f.Followers)
	return all
}

func countsOf(counts []index.Count, chosen []string) []Count {
	all := make([]Count, 0, len(counts))
	for _, c := range counts {
		if c.Value != "" {
			all = append(all, Count{c.Value, c.N, slices.Contains(chosen, c.Value)})
		}
	}
	return all
}

func verifiedCount(sources []index.Count, chosen bool) []Count {
	all := Count{Value: "1", Chosen: chosen}
	for _, c := range sources {
		if c.Value == string(creators.Verified) {
			all.N = c.N
		}
	}
	return []Count{all}
}

// respondCounts adds the bands up to each number of hours. A creator's accounts
// have one time to answer, so that none is in two bands.
func respondCounts(bands []int64, chosen int64) []Count {
	var all []Count
	for _, hours := range RespondsWithin() {
		c := Count{Value: strconv.FormatInt(hours, 10), Chosen: chosen == hours}
		for i, limit := range index.Limits(index.Responds) {
			if limit <= hours*60+1 {
				c.N += bands[i]
			}
		}
		all = append(all, c)
	}
	return all
}

// bandsOf are the bands between limits, each from one to under the next.
func bandsOf(limits, counts []int64, chosen Range) []Band {
	all := make([]Band, len(counts))
	for i, n := range counts {
		var r Range
		if i > 0 {
			r.Min = new(limits[i-1])
		}
		if i < len(limits) {
			r.Max = new(limits[i] - 1)
		}
		all[i] = Band{r, n, chosen.same(r)}
	}
	return all
}

// aboveFloor makes the first band begin at the marketplace's floor. Who is
// below it in her grace is counted there, where a filter from the floor on finds
// her too.
func (e *Engine) aboveFloor(x *index.Index, q index.Query, bands []Band, chosen Range) []Band {
	floor, below := e.creators.Floor(), int64(0)
	for len(bands) > 1 && bands[0].Range.Max != nil && *bands[0].Range.Max < floor {
		below += bands[0].N
		bands = bands[1:]
	}
	first := &bands[0]
	if below > 0 { // somebody may have an account on either side
		q.Ranges[index.Followers] = index.Range{Max: first.Range.Max}
		q.Size, q.Facets = 0, false
		first.N = x.Search(q).Total
	}
	first.Range.Min = &floor
	first.Chosen = chosen.same(first.Range) || chosen.same(Range{Max: first.Range.Max}) && first.Range.Max != nil
	return bands
}
