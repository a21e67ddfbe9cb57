package words

import (
	"unicode"
	"unicode/utf8"
)

// far is a distance that never counts as near.
const far = 100

// walk is the table of edit distances between the prefixes of the current word and those
// of the word looked for, one word after the other. Row d belongs to the first d letters
// of the word walked last; only the cells within reach of the allowed errors are filled.
type walk struct {
	looked []rune
	digits []bool // which letters of looked are digits
	most   int    // errors allowed

	room  int       // the maximum number of words of each number of errors
	limit uint8     // the highest number of errors that still counts
	found [3][]int  // words by their number of errors
	bytes []byte    // the word walked last, as far as walked
	path  []rune    // its letters
	ends  []int     // ends[d] is where the first d letters end in bytes
	rows  [][]uint8 // rows[d][j] is their distance from the first j letters of looked
	best  []uint8   // best[d] is the least distance of rows 0 to d from all of looked
}

func newWalk(looked []rune, room int) *walk {
	w := &walk{looked: looked, room: room, most: errorsIn(len(looked)), digits: make([]bool, len(looked))}
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

// step walks word i and returns the next word to walk. The prefix that word i shares with
// the previous word is already in the table; once the distance of a prefix is final, all
// words with that prefix are done.
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

// shared is the number of leading letters that word has in common with the word walked
// last.
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

// row fills row d from the rows above it and returns its smallest cell.
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

// note records a range of words as having so many errors.
func (w *walk) note(from, to int, errors uint8) {
	if errors == 0 || errors > w.limit {
		return
	}
	found := &w.found[errors]
	for i := from; i < to && len(*found) < w.room; i++ {
		*found = append(*found, i)
	}
	if len(*found) == w.room {
		w.limit = errors - 1 // only nearer words count from now on
	}
}
