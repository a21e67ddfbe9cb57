package index

import (
	mathbits "math/bits"
	"slices"
)

// comparison compares the rows of a segment with a model.
type comparison struct {
	*Segment
	m         *model
	tribes    []int // by value, its weight for the model
	weight    int   // the sum over all of its tribes
	hashtags  []uint32
	languages []uint32
	countries []uint32
	followers int64   // as tier encodes it
	audience  []int32 // by key
	divisions [ShareFacets]bool
}

func (m *model) comparison(p *part) *comparison {
	s := p.Segment
	c := &comparison{Segment: s, m: m, tribes: make([]int, len(s.values[Tribe].names)), audience: make([]int32, len(s.audience.keys))}
	for i, name := range m.tribes {
		c.weight += m.worth[i]
		if id, ok := s.values[Tribe].ids[name]; ok {
			c.tribes[id] = m.worth[i]
		}
	}
	for _, name := range m.hashtags {
		if id, ok := s.hashtags.ids[name]; ok {
			c.hashtags = append(c.hashtags, id)
		}
	}
	c.languages, c.countries = s.values[Language].of(m.languages), s.values[Country].of(m.countries)
	c.followers = tier(m.followers)
	for _, share := range m.audience {
		ppm := share.PPM
		share.PPM = 0
		c.divisions[share.Kind] = true
		if id, ok := s.audience.ids[share]; ok {
			c.audience[id] = ppm
		}
	}
	return c
}

// of returns the numbers of those names that some row has.
func (d *dictionary) of(names []string) (ids []uint32) {
	for _, name := range names {
		if id, ok := d.ids[name]; ok {
			ids = append(ids, id)
		}
	}
	return ids
}

func (c *comparison) score(row uint32) (score int32, l [Likenesses]int16) {
	l[SameTribes], l[SameHashtags] = c.sameTribes(row), c.sameHashtags(row)
	l[SameTier], l[SamePlace] = c.sameTier(row), c.samePlace(row)
	audience, known := c.sameAudience(row)
	l[SameAudience] = audience
	of := int32(0)
	for i, w := range likenessWeights {
		if Likeness(i) != SameAudience || known {
			score += w * int32(l[i])
			of += w
		}
	}
	return score / of, l
}

func (c *comparison) sameTribes(row uint32) int16 {
	both, either := 0, c.weight
	known := c.knownAs(row)
	for i, tribe := range c.values[Tribe].set(c.setOf(Tribe, row)) {
		w := tribeWeight(known[i])
		common := min(w, c.tribes[tribe])
		both += common
		either += w - common
	}
	return int16(1000 * both / max(either, 1))
}

func (c *comparison) sameHashtags(row uint32) int16 {
	own, both := c.Segment.hashtags.of(row), 0
	for _, tag := range own {
		if slices.Contains(c.hashtags, tag) {
			both++
		}
	}
	return int16(1000 * both / max(min(len(own), len(c.m.hashtags)), 1))
}

// tier is the base-2 logarithm of a number of followers, in thousandths, linear
// between powers; Null without followers.
func tier(followers int64) int64 {
	if followers == Null || followers < 1 {
		return Null
	}
	power := mathbits.Len64(uint64(followers)) - 1
	rest := followers - 1<<power
	if power > 40 { // 1000 × the remainder has to fit
		return int64(power)*1000 + rest>>(power-40)*1000>>40
	}
	return int64(power)*1000 + rest*1000>>power
}

// hundredfold is the tier of 100.
const hundredfold = 6562

func (c *comparison) sameTier(row uint32) int16 {
	own := tier(c.figures[Followers].at(row))
	if own == Null || c.followers == Null {
		return 0
	}
	apart := own - c.followers
	return int16(max(0, 1000-1000*max(apart, -apart)/hundredfold))
}

func (c *comparison) sameAudience(row uint32) (like int16, known bool) {
	a := &c.Segment.audience
	if len(c.m.audience) == 0 || !a.has.rows.has(row) {
		return 0, false
	}
	var common [ShareFacets]int64
	var both [ShareFacets]bool
	for _, share := range a.of(row) {
		kind := a.keys[share.key].Kind
		both[kind] = c.divisions[kind]
		common[kind] += int64(min(share.ppm, c.audience[share.key]))
	}
	sum, of := int64(0), int64(0)
	for kind, known := range both {
		if known {
			sum += common[kind]
			of += 1000
		}
	}
	if of == 0 {
		return 0, false
	}
	return int16(min(1000, sum/of)), true
}

func (c *comparison) samePlace(row uint32) (like int16) {
	shares := func(f ValueFacet, of []uint32) int16 {
		for _, v := range c.values[f].set(c.setOf(f, row)) {
			if slices.Contains(of, v) {
				return 500
			}
		}
		return 0
	}
	return shares(Language, c.languages) + shares(Country, c.countries)
}
