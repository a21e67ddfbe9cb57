package words

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// few is the part of all rows below which a list of them is sorted rather than
// a place held for every one.
const few = 512

// Rows are the rows in which some word begins with word, or that have one of
// the near words, which Near gives.
func (t *Terms) Rows(word string, near []string) *roaring.Bitmap {
	lists := t.lists(word, near)
	n := 0
	for _, l := range lists {
		n += len(l.posts)
	}
	if n > t.rows/few {
		seen := make([]uint64, (t.rows+63)/64)
		for _, l := range lists {
			for _, p := range l.posts {
				seen[p>>7] |= 1 << (p >> 1 & 63)
			}
		}
		return roaring.FromDense(seen, false)
	}
	rows := make([]uint32, 0, n)
	for _, l := range lists {
		for _, p := range l.posts {
			rows = append(rows, p>>1)
		}
	}
	slices.Sort(rows)
	return roaring.BitmapOf(rows...)
}

// list is the postings of some words, and the grades of a row that has one.
type list struct {
	posts       []uint32
	rest, names uint8 // places in thousandths
}

// thousandths are the grades, by the place that Grades keeps.
var thousandths = [...]int{0, 200, 400, 600, 800, 1000}

// lists are the postings for word and near.
func (t *Terms) lists(word string, near []string) []list {
	var all []list
	if from, to := t.beginning(word); from < to {
		// The word itself is the first of those that begin with it.
		if t.starts[from+1]-t.starts[from] == uint32(len(word)) {
			all = append(all, list{t.postings(from, from+1), 3, 5})
			from++
		}
		all = append(all, list{t.postings(from, to), 2, 4})
	}
	for _, w := range near {
		if i, ok := t.exact(w); ok {
			all = append(all, list{t.postings(i, i+1), 1, 1})
		}
	}
	return all
}

// Grades are how well each row fits one word. They hold a byte for every row
// where a noticeable part of the rows fits, filled in one pass, so that to
// grade a hit is to read a byte, in any order; else a sorted list of the rows.
// The zero Grades are those of a word that fits nowhere.
type Grades struct {
	byRow  []uint8  // places in thousandths
	sorted []uint64 // row<<8 | the place
}

// Grades are the grades of all rows for word and the near words, which Near
// gives.
func (t *Terms) Grades(word string, near []string) Grades {
	lists := t.lists(word, near)
	n := 0
	for _, l := range lists {
		n += len(l.posts)
	}
	if n > t.rows/few {
		g := Grades{byRow: make([]uint8, t.rows)}
		for _, l := range lists {
			place := [2]uint8{l.rest, l.names}
			for _, p := range l.posts {
				g.byRow[p>>1] = max(g.byRow[p>>1], place[p&1])
			}
		}
		return g
	}
	g := Grades{sorted: make([]uint64, 0, n)}
	for _, l := range lists {
		place := [2]uint8{l.rest, l.names}
		for _, p := range l.posts {
			g.sorted = append(g.sorted, uint64(p>>1)<<8|uint64(place[p&1]))
		}
	}
	slices.Sort(g.sorted)
	return g
}

// Of is the grade of a row in thousandths: 1000 if the word itself is on the
// side of the names, 800 if one there begins with it, 600 and 400 for the same
// elsewhere, 200 for a near word, the best of these that holds, and 0 for none.
func (g Grades) Of(row uint32) int {
	if int(row) < len(g.byRow) {
		return thousandths[g.byRow[row]]
	}
	// The best of a row is the last of its entries.
	i, _ := slices.BinarySearch(g.sorted, (uint64(row)+1)<<8)
	if i == 0 || g.sorted[i-1]>>8 != uint64(row) {
		return 0
	}
	return thousandths[g.sorted[i-1]&0xff]
}
