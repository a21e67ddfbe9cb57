package words

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// few is the fraction of all rows below which a sorted list is used rather than an entry
// for every row.
const few = 512

// Rows returns the rows with a word that begins with word, or with one of the near words,
// as given by Near.
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

// list is the postings of some words, and the grades that they give a row.
type list struct {
	posts       []uint32
	rest, names uint8 // indexes of thousandths
}

// thousandths are the grades, by the index stored in Grades.
var thousandths = [...]int{0, 200, 400, 600, 800, 1000}

// lists returns the postings of word and of the near words.
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

// Grades say how well each row matches one word. If a substantial part of the rows match,
// they hold a byte for every row, filled in one pass, so that grading a hit in any order
// takes one read; otherwise a sorted list of the rows. The zero Grades belong to a word
// that matches nothing.
type Grades struct {
	byRow  []uint8  // indexes of thousandths
	sorted []uint64 // row<<8 | the index
}

// Grades returns the grades of all rows for word and the near words, as given by Near.
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

// Of is the grade of a row in thousandths, the best that applies: 1000 if word itself is
// among the names, 800 if a word there begins with it, 600 and 400 for the same
// elsewhere, 200 for a near word, and 0 for no match.
func (g Grades) Of(row uint32) int {
	if int(row) < len(g.byRow) {
		return thousandths[g.byRow[row]]
	}
	// The best grade of a row is its last entry.
	i, _ := slices.BinarySearch(g.sorted, (uint64(row)+1)<<8)
	if i == 0 || g.sorted[i-1]>>8 != uint64(row) {
		return 0
	}
	return thousandths[g.sorted[i-1]&0xff]
}
