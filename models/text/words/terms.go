package words

import (
	"bytes"
	"sort"
	"unsafe"
)

// Terms are the words of many rows and in which of them each stands. They
// never change, and any number of goroutines may ask them at once.
//
// The words stand sorted by their bytes in one block, the rows of each in
// another in the same order, so that all rows in which a word begins alike
// stand side by side.
type Terms struct {
	text   []byte
	starts []uint32 // of word i in text, and the end of the last
	first  []uint32 // of word i's rows in posts, and the end of the last
	posts  []uint32 // row<<1 | 1 if the word is on the side of the names
	rows   int      // one more than the last row
}

// Bytes is the memory that the terms take.
func (t *Terms) Bytes() int64 {
	return int64(unsafe.Sizeof(*t)) + int64(cap(t.text)) + 4*int64(cap(t.starts)+cap(t.first)+cap(t.posts))
}

// Len is how many different words there are.
func (t *Terms) Len() int { return len(t.starts) - 1 }

// Has says whether some word begins with word.
func (t *Terms) Has(word string) bool {
	from, to := t.beginning(word)
	return from < to
}

// word is word i. Nobody changes it.
func (t *Terms) word(i int) []byte { return t.text[t.starts[i]:t.starts[i+1]] }

// find is the first word that does not stand before word.
func (t *Terms) find(word []byte) int {
	return sort.Search(t.Len(), func(i int) bool { return bytes.Compare(t.word(i), word) >= 0 })
}

// beginning are the words, from and up to, that begin with word; none begins
// with the empty one.
func (t *Terms) beginning(word string) (from, to int) {
	if word == "" {
		return 0, 0
	}
	from = t.find([]byte(word))
	return from, t.end(from, []byte(word))
}

// end is the first word from i on that does not begin with start. Most often
// it is near, so the steps to it begin small.
func (t *Terms) end(i int, start []byte) int {
	step := 1
	for i+step <= t.Len() && bytes.HasPrefix(t.word(i+step-1), start) {
		i += step
		step *= 2
	}
	step = min(step-1, t.Len()-i)
	return i + sort.Search(step, func(k int) bool { return !bytes.HasPrefix(t.word(i+k), start) })
}

// exact is the place of word, or false.
func (t *Terms) exact(word string) (int, bool) {
	i := t.find([]byte(word))
	return i, i < t.Len() && string(t.word(i)) == word
}

// postings are the rows of the words from and up to.
func (t *Terms) postings(from, to int) []uint32 { return t.posts[t.first[from]:t.first[to]] }
