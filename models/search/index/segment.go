package index

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"tribemarket/models/text/words"
)

// Segment holds rows prepared for searching. It is immutable.
//
// Rows are numbered from 0; a creator's rows are adjacent and creators ascend
// by id, so that the order of rows is that of creators.
type Segment struct {
	weights  Weights
	rows     int
	persons  int // creators
	accounts []int64
	creators []int64

	cells   [ofShare]cells // of facets that have them
	values  [ValueFacets]dictionary
	figures [RangeFacets]column // Price is not used
	bands   [RangeFacets]banded
	latest  int64 // the day of the last post of all

	ties   []uint32 // by row: its tribes and their evidence, in tied
	tied   []tie
	knowns []string
	parts  [statics][]int16
	static column // the weighted score of the parts that don't depend on a query

	siblings bits               // rows whose creator has several
	joined   bits               // rows with the same creator as the row before
	many     bits               // rows whose creator has more than two
	large    []group            // the same by creator
	orders   [RangeFacets]order // except for Price
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

// tie is a set of tribes with their evidence: an index into knowns.
type tie struct {
	set   uint32
	known uint16
}

// knownAs returns the evidence for the tribes of a row.
func (s *Segment) knownAs(row uint32) string { return s.knowns[s.tied[s.ties[row]].known] }

// setOf returns the number of the set of a facet's values that a row has.
func (s *Segment) setOf(f ValueFacet, row uint32) uint32 { return s.cells[f].at(row) }

// takeBits returns an uninitialised set of rows from the pool; give returns it.
func (s *Segment) takeBits() bits {
	if b, ok := s.spare.Get().(*bits); ok {
		return *b
	}
	return newBits(s.rows)
}

func (s *Segment) giveBits(b bits) { s.spare.Put(&b) }

// rowsOfCreator returns the range of a creator's rows; it is empty if the creator
// has none here.
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

// endOfCreator returns the end of a creator's rows that begin at from.
func (s *Segment) endOfCreator(from uint32, creator int64) uint32 {
	to := from
	for int(to) < s.rows && s.creators[to] == creator {
		to++
	}
	return to
}

// rowsBeside returns the range of all rows of a row's creator.
func (s *Segment) rowsBeside(row uint32) (from, to uint32) {
	for from = row; s.joined.has(from); {
		from--
	}
	for to = row + 1; int(to) < s.rows && s.joined.has(to); {
		to++
	}
	return from, to
}

// banded holds the rows in each band of a figure.
type banded struct {
	limits []int64
	rows   []rowSet // below the first limit, from each to below the next, from the last on
}
