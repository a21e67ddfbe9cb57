package index

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"tribemarket/models/text/words"
)

// Segment is rows made ready for searching. It never changes.
//
// Rows have numbers from 0; those of a creator are neighbours, and creators
// ascend, so that the order of rows is that of creators.
type Segment struct {
	weights  Weights
	rows     int
	persons  int // creators
	accounts []int64
	creators []int64

	cells   []cells
	columns columns // the same, where rows are counted by one facet alone
	values  [ValueFacets]dictionary
	figures [RangeFacets]column // Price is not used
	bands   [RangeFacets]banded
	latest  int64 // the day of the last post of all

	ties   []uint32 // by row: its tribes and how they are known, in tied
	tied   []tie
	knowns []string
	parts  [statics][]int16
	static column // the score of the parts that come with the row, by weights

	siblings bits               // rows whose creator has several
	joined   bits               // rows whose creator is that of the row before
	many     bits               // rows whose creator has more than two
	large    []group            // the same by creator
	orders   [RangeFacets]order // but of Price
	byStatic order

	prices   map[market]*priced
	audience audience
	away     away
	full     map[int32]*roaring.Bitmap // by month
	hashtags hashtags
	terms    *words.Terms

	totals         *counts // of all rows
	spare, tallies sync.Pool
	posted         since
}

// tie is a set of tribes, and how they are known: an index of knowns.
type tie struct {
	set   uint32
	known uint16
}

// knownAs says how the tribes of a row are known.
func (s *Segment) knownAs(row uint32) string { return s.knowns[s.tied[s.ties[row]].known] }

// cells are what a row counts towards, side by side, so that one that is hit
// costs one line of the cache: sets of values where there can be many, few or
// a handful of them, then the bands of figures, and of the day of the last
// post how long it was before the latest.
type cells struct {
	wide  [4]uint32
	slim  [2]uint16
	small [smallCells]uint8
}

// The places within cells.
const (
	wideTribe = iota
	wideCategory
	wideLanguage
	wideContent

	slimCountry = 0
	slimRegion  = 1

	smallPlatform = 0
	smallSource   = 1
	smallBands    = 2 // Followers to Posts30, then the next two
	smallPosted   = smallBands + int(LastPosted)
	smallResponds = smallBands + int(Responds)
	smallFetched  = smallBands + int(Price) // nothing: a price has no band here
	smallCells    = smallFetched + 1

	noBand   = 255 // there is no figure
	longAgo  = 254 // days before the latest, or more
	mostSlim = 1<<16 - 1
	mostTiny = 1<<8 - 1
)

// set is the set of a facet's values that the row has.
func (c *cells) set(f ValueFacet) uint32 {
	switch f {
	case Tribe:
		return c.wide[wideTribe]
	case Category:
		return c.wide[wideCategory]
	case Language:
		return c.wide[wideLanguage]
	case ContentType:
		return c.wide[wideContent]
	case Country:
		return uint32(c.slim[slimCountry])
	case Region:
		return uint32(c.slim[slimRegion])
	case Platform:
		return uint32(c.small[smallPlatform])
	default:
		return uint32(c.small[smallSource])
	}
}

func (c *cells) keep(f ValueFacet, set uint32) {
	switch f {
	case Tribe:
		c.wide[wideTribe] = set
	case Category:
		c.wide[wideCategory] = set
	case Language:
		c.wide[wideLanguage] = set
	case ContentType:
		c.wide[wideContent] = set
	case Country:
		c.slim[slimCountry] = uint16(fits(set, mostSlim))
	case Region:
		c.slim[slimRegion] = uint16(fits(set, mostSlim))
	case Platform:
		c.small[smallPlatform] = uint8(fits(set, mostTiny))
	default:
		c.small[smallSource] = uint8(fits(set, mostTiny))
	}
}

func fits(set, most uint32) uint32 {
	if set > most {
		panic("index: too many different values of a facet that has one a row")
	}
	return set
}

// takeBits is room for a set of rows, with anything in it; give returns it.
func (s *Segment) takeBits() bits {
	if b, ok := s.spare.Get().(*bits); ok {
		return *b
	}
	return newBits(s.rows)
}

func (s *Segment) giveBits(b bits) { s.spare.Put(&b) }

// rowsOfCreator are the rows of a creator, from and up to; none if it has none here.
func (s *Segment) rowsOfCreator(creator int64) (from, to uint32) {
	low, high := 0, s.rows
	for low < high {
		if mid := int(uint(low+high) >> 1); s.creators[mid] < creator {
			low = mid + 1
		} else {
			high = mid
		}
	}
	from = uint32(low)
	return from, s.endOfCreator(from, creator)
}

// endOfCreator is the end of the rows of a creator that begin at from.
func (s *Segment) endOfCreator(from uint32, creator int64) uint32 {
	to := from
	for int(to) < s.rows && s.creators[to] == creator {
		to++
	}
	return to
}

// rowsBeside are all rows of the creator of a row.
func (s *Segment) rowsBeside(row uint32) (from, to uint32) {
	for from = row; s.joined.has(from); {
		from--
	}
	for to = row + 1; int(to) < s.rows && s.joined.has(to); {
		to++
	}
	return from, to
}

// banded are the rows by the bands of a figure.
type banded struct {
	limits []int64
	rows   []rowSet // below the first limit, from each to under the next, from the last on
}
