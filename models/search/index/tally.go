package index

import mathbits "math/bits"

// tally counts the rows of a segment by their cells.
type tally struct {
	s       *Segment
	persons int64
	wide    [4][]uint32
	slim    [2][]uint32
	small   [smallCells][256]uint32
	fetched uint8
	partial bool                  // only some facets are counted:
	few     []int                 // their places within the cells, of wide, slim and small in line
	more    [ValueFacets][]uint32 // by value, for creators who have it in only some of the rows that fit
}

// tally returns an empty tally of some facets.
func (s *Segment) tally(counted FacetSet) *tally {
	t := s.emptyTally()
	t.few, t.partial = t.few[:0], counted != AllFacets
	for of := range ofShare {
		if kind, at := cellOf(of); counted.has(of) && kind != nowhere {
			t.few = append(t.few, [...]int{inWide: 0, inSlim: firstSlim, inSmall: firstSmall}[kind]+at)
		}
	}
	return t
}

// The places of slim and small cells in line with the wide ones.
const (
	firstSlim  = 4
	firstSmall = 6
)

func (s *Segment) emptyTally() *tally {
	t, ok := s.tallies.Get().(*tally)
	if !ok {
		t = &tally{s: s}
		for f := range ValueFacets {
			sets := make([]uint32, s.values[f].sets())
			switch f {
			case Tribe:
				t.wide[wideTribe] = sets
			case Category:
				t.wide[wideCategory] = sets
			case Language:
				t.wide[wideLanguage] = sets
			case ContentType:
				t.wide[wideContent] = sets
			case Country:
				t.slim[slimCountry] = sets
			case Region:
				t.slim[slimRegion] = sets
			}
			t.more[f] = make([]uint32, len(s.values[f].names))
		}
		return t
	}
	t.persons = 0
	for _, sets := range t.wide {
		clear(sets)
	}
	for _, sets := range t.slim {
		clear(sets)
	}
	clear(t.small[:])
	for _, values := range t.more {
		clear(values)
	}
	return t
}

// sets returns the counts of a facet by set.
func (t *tally) sets(f ValueFacet) []uint32 {
	switch f {
	case Tribe:
		return t.wide[wideTribe]
	case Category:
		return t.wide[wideCategory]
	case Language:
		return t.wide[wideLanguage]
	case ContentType:
		return t.wide[wideContent]
	case Country:
		return t.slim[slimCountry]
	case Region:
		return t.slim[slimRegion]
	case Platform:
		return t.small[smallPlatform][:]
	default:
		return t.small[smallFlags][:]
	}
}

// countHits counts the hits in all facets.
func (t *tally) countHits(f *found) {
	crowd := f.rowsOfRepeatedCreators(nil)
	t.countRows(f.hits, crowd)
	t.countRepeatedCreators(crowd)
	f.giveBits(crowd)
}

// countRows counts rows in all facets, unless they are crowded. It fetches the cells
// of some rows ahead of counting them: most of the time is spent waiting for memory,
// which delivers several lines at once.
func (t *tally) countRows(rows, crowd bits) {
	var batch [128]uint32
	n, cells, crowd := 0, t.s.cells, crowd[:len(rows)]
	for i, w := range rows {
		w &^= crowd[i]
		t.persons += int64(mathbits.OnesCount64(w))
		for ; w != 0; w &= w - 1 {
			row := uint32(i<<6 + mathbits.TrailingZeros64(w))
			t.fetched += cells[row].small[smallFetched]
			batch[n&127] = row
			if n++; n == len(batch) {
				t.countBatch(batch[:])
				n = 0
			}
		}
	}
	t.countBatch(batch[:n])
}

// countBatch counts rows whose cells have been fetched.
func (t *tally) countBatch(batch []uint32) {
	cells := t.s.cells
	if !t.partial {
		for _, row := range batch {
			t.countRow(&cells[row])
		}
		return
	}
	for _, at := range t.few {
		switch {
		case at >= firstSmall:
			counts, at := &t.small[at-firstSmall], at-firstSmall
			for _, row := range batch {
				counts[cells[row].small[at]]++
			}
		case at >= firstSlim:
			counts, at := t.slim[at-firstSlim], at-firstSlim
			for _, row := range batch {
				counts[cells[row].slim[at]]++
			}
		default:
			counts := t.wide[at]
			for _, row := range batch {
				counts[cells[row].wide[at]]++
			}
		}
	}
}

// The positions within a row's cells.
const (
	nowhere = iota // prices and audiences
	inWide
	inSlim
	inSmall
)

func cellOf(f facet) (kind, at int) {
	switch {
	case f >= ofShare || f == ofRange+facet(Price):
		return nowhere, 0
	case f >= ofRange:
		return inSmall, smallBands + int(f-ofRange)
	}
	switch ValueFacet(f) {
	case Tribe:
		return inWide, wideTribe
	case Category:
		return inWide, wideCategory
	case Language:
		return inWide, wideLanguage
	case ContentType:
		return inWide, wideContent
	case Country:
		return inSlim, slimCountry
	case Region:
		return inSlim, slimRegion
	case Platform:
		return inSmall, smallPlatform
	default:
		return inSmall, smallFlags
	}
}
