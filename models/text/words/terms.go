package words

import (
	"bytes"
	"sort"
	"unsafe"
)

// Terms hold the words of many rows and the rows that contain each. They never change and
// are safe for concurrent use.
//
// The words are stored sorted by their bytes in one block, and their rows in another in
// the same order, so that the rows of all words with a common prefix are adjacent.
type Terms struct {
	text   []byte
	starts []uint32 // of word i in text, and the end of the last
	first  []uint32 // of word i's rows in posts, and the end of the last
	posts  []uint32 // row<<1 | 1 if the word is among the names
	rows   int      // the last row plus one
}

// Bytes is the memory that the terms occupy.
func (t *Terms) Bytes() int64 {
	return int64(unsafe.Sizeof(*t)) + int64(cap(t.text)) + 4*int64(cap(t.starts)+cap(t.first)+cap(t.posts))
}

// Len is the number of different words.
func (t *Terms) Len() int { return len(t.starts) - 1 }

// Has says whether some word begins with word.
func (t *Terms) Has(word string) bool {
	from, to := t.beginning(word)
	return from < to
}

// word is word i, which must not be modified.
func (t *Terms) word(i int) []byte { return t.text[t.starts[i]:t.starts[i+1]] }

// find returns the first word that does not sort before word.
func (t *Terms) find(word []byte) int {
	return sort.Search(t.Len(), func(i int) bool { return bytes.Compare(t.word(i), word) >= 0 })
}

// beginning returns the range of the words that begin with word; it is empty for "".
func (t *Terms) beginning(word string) (from, to int) {
	if word == "" {
		return 0, 0
	}
	from = t.find([]byte(word))
	return from, t.end(from, []byte(word))
}

// end returns the first word from i on that does not begin with start. It is usually
// close, so the search starts with small steps.
func (t *Terms) end(i int, start []byte) int {
	step := 1
	for i+step <= t.Len() && bytes.HasPrefix(t.word(i+step-1), start) {
		i += step
		step *= 2
	}
	step = min(step-1, t.Len()-i)
	return i + sort.Search(step, func(k int) bool { return !bytes.HasPrefix(t.word(i+k), start) })
}

// exact returns the index of word, or false.
func (t *Terms) exact(word string) (int, bool) {
	i := t.find([]byte(word))
	return i, i < t.Len() && string(t.word(i)) == word
}

// postings returns the rows of a range of words.
func (t *Terms) postings(from, to int) []uint32 { return t.posts[t.first[from]:t.first[to]] }
