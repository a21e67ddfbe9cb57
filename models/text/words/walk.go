package words

import (
	"unicode"
	"unicode/utf8"
)

// far is a distance that never counts.
const far = 100

// walk is the table of distances between the beginnings of one of the words
// after the other and those of the word that is looked for. Row d is that of the
// first d letters of the word walked last; of a row only the cells are filled
// that errors enough could reach.
type walk struct {
	looked []rune
	digits []bool // which letters of looked are digits
	most   int    // errors allowed

	limit uint8     // errors that still count
	found [3][]int  // words by their errors
	bytes []byte    // the word walked last, as far as it was walked
	path  []rune    // its letters
	ends  []int     // ends[d] is where the first d letters end in bytes
	rows  [][]uint8 // rows[d][j] is their distance from the first j letters of looked
	best  []uint8   // best[d] is the least distance of rows 0 to d from all of looked
}

func newWalk(looked []rune) *walk {
	w := &walk{looked: looked, most: errorsIn(len(looked)), digits: make([]bool, len(looked))}
	w.limit = uint8(w.most)
	for j, r := range looked {
		w.digits[j] = unicode.IsDigit(r)
	}
	deepest, width := len(looked)+w.most+1, len(looked)+1
	w.path, w.ends, w.best = make([]rune, deepest), make([]int, deepest+1), make([]uint8, deepest+1)
	cells := make([]uint8, (deepest+1)*width)
	for i := range cells {
		cells[i] = far
	}
	for d := range deepest + 1 {
		w.rows = append(w.rows, cells[d*width:(d+1)*width])
	}
	w.rows[0][0] = 0
	for j := 1; j <= w.most && !w.digits[j-1]; j++ {
		w.rows[0][j] = uint8(j)
	}
	w.best[0] = far
	return w
}

// step walks word i and is the next word to walk. What word i shares with the
// one before is in the table already; once it is known how near a beginning
// comes, all words with that beginning are done.
func (w *walk) step(t *Terms, i int) int {
	word := t.word(i)
	for d := w.shared(word); ; d++ {
		from := w.ends[d]
		if from == len(word) {
			w.bytes = word
			w.note(i, i+1, w.best[d])
			return i + 1
		}
		r, n := utf8.DecodeRune(word[from:])
		w.path[d], w.ends[d+1] = r, from+n
		least := w.row(d + 1)
		w.best[d+1] = min(w.best[d], w.rows[d+1][len(w.looked)])
		if least > w.limit || least >= w.best[d+1] {
			w.bytes = word[:from+n]
			end := t.end(i, w.bytes)
			w.note(i, end, w.best[d+1])
			return end
		}
	}
}

// shared is how many letters word has in common with the one walked last.
func (w *walk) shared(word []byte) int {
	same := 0
	for same < len(word) && same < len(w.bytes) && word[same] == w.bytes[same] {
		same++
	}
	d := 0
	for w.ends[d] < len(w.bytes) && w.ends[d+1] <= same {
		d++
	}
	return d
}

// row fills row d from those above it, and is its least cell.
func (w *walk) row(d int) (least uint8) {
	row, above, r := w.rows[d], w.rows[d-1], w.path[d-1]
	digit := unicode.IsDigit(r)
	least = far
	if d <= w.most && !digit {
		row[0] = above[0] + 1
		least = row[0]
	} else {
		row[0] = far
	}
	for j := max(1, d-w.most); j <= min(len(w.looked), d+w.most); j++ {
		cell := uint8(far)
		switch {
		case r == w.looked[j-1]:
			cell = above[j-1]
		case !digit && !w.digits[j-1]:
			cell = above[j-1] + 1
			if d > 1 && j > 1 && r == w.looked[j-2] && w.path[d-2] == w.looked[j-1] {
				cell = min(cell, w.rows[d-2][j-2]+1)
			}
		}
		if !digit {
			cell = min(cell, above[j]+1)
		}
		if !w.digits[j-1] {
			cell = min(cell, row[j-1]+1)
		}
		row[j] = min(cell, far)
		least = min(least, row[j])
	}
	return least
}

// note keeps the words from and up to, which hold so many errors.
func (w *walk) note(from, to int, errors uint8) {
	if errors == 0 || errors > w.limit {
		return
	}
	found := &w.found[errors]
	for i := from; i < to && len(*found) < mostNear; i++ {
		*found = append(*found, i)
	}
	if len(*found) == mostNear {
		w.limit = errors - 1 // only nearer ones count still
	}
}
