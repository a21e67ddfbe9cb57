package index

import mathbits "math/bits"

// countRepeatedCreators counts creators with several hits: everything that the first row
// has, then from each other row what the rows before it don't have.
func (t *tally) countRepeatedCreators(crowd bits) {
	s := t.s
	var room [8]*cells
	counted, last := room[:0], uint32(0)
	for i, w := range crowd {
		for ; w != 0; w &= w - 1 {
			row := uint32(i<<6 + mathbits.TrailingZeros64(w))
			c := &s.cells[row]
			same := row == last+1 && s.joined.has(row) || s.many.has(row) && s.creators[row] == s.creators[last]
			if last = row; len(counted) > 0 && same {
				t.countNewValues(c, counted)
			} else {
				counted = counted[:0]
				t.persons++
				t.countRow(c)
			}
			counted = append(counted, c)
		}
	}
}

// The facets of the places within cells.
var (
	wideFacets = [4]ValueFacet{wideTribe: Tribe, wideCategory: Category, wideLanguage: Language, wideContent: ContentType}
	slimFacets = [2]ValueFacet{slimCountry: Country, slimRegion: Region}
)

// countNewValues counts, in all facets, what a row has and the rows already counted
// don't have.
func (t *tally) countNewValues(c *cells, counted []*cells) {
	first := counted[0]
	var room [8]uint32
	those := func(of func(*cells) uint32) []uint32 {
		all := room[:0]
		for _, c := range counted {
			all = append(all, of(c))
		}
		return all
	}
	for i, set := range c.wide {
		if set != first.wide[i] {
			t.addValues(wideFacets[i], set, those(func(c *cells) uint32 { return c.wide[i] }))
		}
	}
	for i, set := range c.slim {
		if set != first.slim[i] {
			t.addValues(slimFacets[i], uint32(set), those(func(c *cells) uint32 { return uint32(c.slim[i]) }))
		}
	}
	for at, own := range c.small[:smallFetched] {
		switch {
		case own == first.small[at]:
		case at == smallPlatform:
			t.addValues(Platform, uint32(own), those(func(c *cells) uint32 { return uint32(c.small[at]) }))
		case at == smallFlags:
			t.addValues(Flags, uint32(own), those(func(c *cells) uint32 { return uint32(c.small[at]) }))
		default:
			t.addBand(at, uint32(own), those(func(c *cells) uint32 { return uint32(c.small[at]) }))
		}
	}
}
