package index

import (
	"cmp"
	"slices"
	"strings"

	"tribemarket/models/text/words"
)

// Builder builds a Segment from rows.
type Builder struct {
	s      *Segment
	words  *words.Builder
	known  map[string]uint16
	ties   map[tie]uint32
	shared []uint32 // rows
	tagged []uint32
	full   map[int32][]uint32
}

// NewBuilder returns an empty builder; its segment is prepared for sorting by
// relevance with these weights.
func NewBuilder(weights Weights) *Builder {
	s := &Segment{weights: weights, latest: Null, prices: map[market]*priced{}}
	for f := range s.values {
		s.values[f] = newDictionary()
	}
	s.audience.ids = map[Share]uint32{}
	s.hashtags.ids = map[string]uint32{}
	return &Builder{s: s, words: words.NewBuilder(), known: map[string]uint16{}, ties: map[tie]uint32{}, full: map[int32][]uint32{}}
}

// Grow makes room for n more rows.
func (b *Builder) Grow(rows int) {
	s := b.s
	s.accounts, s.creators = grow(s.accounts, rows), grow(s.creators, rows)
	s.ties = grow(s.ties, rows)
	for f := range s.cells {
		if hasCells(facet(f)) {
			s.cells[f].small = grow(s.cells[f].small, rows)
		}
	}
	for f := range s.figures {
		if RangeFacet(f) != Price {
			s.figures[f].narrow = grow(s.figures[f].narrow, rows)
		}
	}
	for p := range s.parts {
		s.parts[p] = grow(s.parts[p], rows)
	}
	s.static.narrow = grow(s.static.narrow, rows)
}

func grow[T any](s []T, more int) []T {
	return append(room[T](len(s) + more)[:0], s...)
}

// Add adds a row. A creator's rows must be adjacent and creators in ascending
// order of id; it panics otherwise.
func (b *Builder) Add(r Row) {
	s, row := b.s, uint32(b.s.rows)
	switch n := len(s.creators); {
	case n == 0 || s.creators[n-1] < r.Creator:
		s.persons++
	case s.creators[n-1] > r.Creator:
		panic("index: creators are added in ascending order")
	}
	s.rows++
	s.accounts, s.creators = append(s.accounts, r.Account), append(s.creators, r.Creator)
	b.addCells(&r)
	b.addParts(&r)
	b.addPrices(row, &r)
	b.addAudience(row, r.Audience)
	b.addTime(row, &r)
	b.addHashtags(row, r.Hashtags)
	if r.Text != "" {
		b.words.Add(row, r.Text)
	}
}

func (b *Builder) addCells(r *Row) {
	s := b.s
	for f := range ValueFacets {
		s.cells[f].add(s.values[f].add(r.Values[f]))
	}
	for f := range RangeFacets {
		if f == Price {
			continue
		}
		v := r.Figures[f]
		s.figures[f].add(v)
		own := &s.cells[ofRange+facet(f)]
		switch {
		case f == LastPosted: // its cells count from the latest of all
			s.latest = max(s.latest, v)
		case v == Null:
			own.add(noBand)
		default:
			own.add(uint32(band(limits[f], v)))
		}
	}
}

func (b *Builder) addParts(r *Row) {
	s := b.s
	how := r.Known
	if missing := len(r.Values[Tribe]) - len(how); missing > 0 {
		how += strings.Repeat("v", missing)
	}
	known, ok := b.known[how]
	if !ok {
		known = uint16(len(s.knowns))
		b.known[how] = known
		s.knowns = append(s.knowns, how)
	}
	own := tie{s.setOf(Tribe, uint32(s.rows-1)), known}
	id, ok := b.ties[own]
	if !ok {
		id = uint32(len(s.tied))
		b.ties[own] = id
		s.tied = append(s.tied, own)
	}
	s.ties = append(s.ties, id)
	for i, p := range staticParts {
		s.parts[i] = append(s.parts[i], r.Parts[p])
	}
	s.static.add(staticScore(s.weights, &r.Parts))
}

func (b *Builder) addPrices(row uint32, r *Row) {
	for f, amount := range r.Prices {
		if amount.Currency == "" {
			continue
		}
		at := market{Format(f), amount.Currency}
		p := b.s.prices[at]
		if p == nil {
			p = &priced{}
			b.s.prices[at] = p
		}
		p.rows, p.minor = append(p.rows, row), append(p.minor, amount.Minor)
		p.cpm = append(p.cpm, cpm(amount.Minor, r.Figures[MedianViews]))
	}
}

// cpm is the cost of 1,000 views, rounded half up; Null without views.
func cpm(minor, views int64) int64 {
	if views == Null || views <= 0 {
		return Null
	}
	return (minor*1000 + views/2) / views
}

func (b *Builder) addAudience(row uint32, shares []Share) {
	if len(shares) == 0 {
		return
	}
	a := &b.s.audience
	b.shared = append(b.shared, row)
	a.starts = append(a.starts, uint32(len(a.shares)))
	for _, s := range shares {
		ppm := s.PPM
		s.PPM = 0
		id, ok := a.ids[s]
		if !ok {
			id = uint32(len(a.keys))
			a.ids[s] = id
			a.keys = append(a.keys, s)
		}
		a.shares = append(a.shares, share{id, ppm})
	}
	slices.SortFunc(a.shares[a.starts[len(a.starts)-1]:], func(x, y share) int { return cmp.Compare(y.ppm, x.ppm) })
}

func (b *Builder) addTime(row uint32, r *Row) {
	for _, month := range r.Full {
		b.full[month] = append(b.full[month], row)
	}
	if len(r.Away) > 0 {
		a := &b.s.away
		a.rows, a.starts = append(a.rows, row), append(a.starts, uint32(len(a.spans)))
		a.spans = append(a.spans, r.Away...)
	}
}

func (b *Builder) addHashtags(row uint32, tags []string) {
	if len(tags) == 0 {
		return
	}
	h := &b.s.hashtags
	b.tagged = append(b.tagged, row)
	begin := len(h.tags)
	h.starts = append(h.starts, uint32(begin))
	for _, name := range tags {
		id, ok := h.ids[name]
		if !ok {
			id = uint32(len(h.names))
			h.ids[name] = id
			h.names = append(h.names, name)
		}
		if !slices.Contains(h.tags[begin:], id) {
			h.tags = append(h.tags, id)
		}
	}
}
