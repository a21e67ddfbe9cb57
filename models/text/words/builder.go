package words

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strings"
)

// Builder collects the words of rows for Terms.
type Builder struct {
	seed  maphash.Seed
	table []slot // open addressing, indexed by the word's hash

	text  []byte // the words in order of arrival, one after the other
	words []term // by a word's number

	// The words row by row, in pieces so that no large slice is ever copied: the row, its
	// number of words, and for each word its number<<1 | 1 if it is among the names.
	rows [][]uint32
	next uint32 // the lowest row that may follow
}

// slot is a word's place in the hash table: its hash, which distinguishes most words
// without reading them, and its number plus one.
type slot struct{ hash, n uint32 }

// term is a word on its way into Terms.
type term struct {
	from, to uint32 // in Builder.text
	rows     uint32 // the number of rows that contain it
	last     uint32 // the last of these rows, plus one
}

// NewBuilder returns a builder without rows.
func NewBuilder() *Builder {
	return &Builder{seed: maphash.MakeSeed(), table: make([]slot, 64)}
}

// piece is the minimum length of a piece of Builder.rows.
const piece = 1 << 18

// Add adds the words of a row, in the form that Text returns. Rows must come in ascending
// order, each once and below 1<<31; it panics otherwise.
func (b *Builder) Add(row uint32, text string) {
	if row < b.next || row >= 1<<31 {
		panic("words: rows are added in ascending order, below 1<<31")
	}
	b.next = row + 1
	if n := len(b.rows); n == 0 || len(b.rows[n-1]) >= piece {
		b.rows = append(b.rows, nil)
		if n > 0 {
			b.rows[n] = make([]uint32, 0, piece+piece/16)
		}
	}
	at := &b.rows[len(b.rows)-1]
	head := len(*at)
	*at = append(*at, row, 0)
	name := uint32(1)
	for word := range strings.FieldsSeq(text) {
		if word == "|" {
			name = 0
			continue
		}
		// A word on both sides counts as one of the names, which come first.
		n := b.number(word)
		if w := &b.words[n]; w.last != row+1 {
			w.last = row + 1
			w.rows++
			*at = append(*at, n<<1|name)
		}
	}
	(*at)[head+1] = uint32(len(*at) - head - 2)
}

// number returns the number of a word, a new one for a new word.
func (b *Builder) number(word string) uint32 {
	hash := uint32(maphash.String(b.seed, word))
	for i := hash; ; i++ {
		at := &b.table[int(i)&(len(b.table)-1)]
		if at.n == 0 {
			n, from := uint32(len(b.words)), uint32(len(b.text))
			*at = slot{hash, n + 1}
			b.text = append(b.text, word...)
			b.words = append(b.words, term{from: from, to: uint32(len(b.text))})
			if 3*len(b.words) > 2*len(b.table) {
				b.grow()
			}
			return n
		}
		if at.hash == hash && string(b.word(at.n-1)) == word {
			return at.n - 1
		}
	}
}

func (b *Builder) grow() {
	old := b.table
	b.table = make([]slot, 2*len(old))
	for _, s := range old {
		for i := s.hash; s.n > 0; i++ {
			if at := &b.table[int(i)&(len(b.table)-1)]; at.n == 0 {
				*at = s
				break
			}
		}
	}
}

func (b *Builder) word(n uint32) []byte { return b.text[b.words[n].from:b.words[n].to] }

// Build returns the terms of all rows and empties the builder.
func (b *Builder) Build() *Terms {
	b.table = nil
	order := b.order()
	t := &Terms{
		text:   make([]byte, 0, len(b.text)),
		starts: make([]uint32, 1, len(order)+1),
		first:  make([]uint32, 1, len(order)+1),
		rows:   int(b.next),
	}
	next := make([]uint32, len(order)) // by a word's number: where its next posting goes
	total := uint32(0)
	for _, n := range order {
		next[n] = total
		total += b.words[n].rows
		t.text = append(t.text, b.word(n)...)
		t.starts, t.first = append(t.starts, uint32(len(t.text))), append(t.first, total)
	}
	t.posts = make([]uint32, total)
	for _, p := range b.rows {
		for len(p) > 0 {
			row, words := p[0], p[2:2+p[1]]
			p = p[2+len(words):]
			for _, w := range words {
				t.posts[next[w>>1]] = row<<1 | w&1
				next[w>>1]++
			}
		}
	}
	*b = *NewBuilder()
	return t
}

// order returns the numbers of the words in sorted order. Most words differ within their
// first bytes, which are compared as one number.
func (b *Builder) order() []uint32 {
	type entry struct {
		head uint64
		n    uint32
	}
	all := make([]entry, len(b.words))
	for n := range all {
		var head [8]byte
		copy(head[:], b.word(uint32(n)))
		all[n] = entry{binary.BigEndian.Uint64(head[:]), uint32(n)}
	}
	slices.SortFunc(all, func(x, y entry) int {
		if c := cmp.Compare(x.head, y.head); c != 0 {
			return c
		}
		return bytes.Compare(b.word(x.n), b.word(y.n))
	})
	order := make([]uint32, len(all))
	for i, e := range all {
		order[i] = e.n
	}
	return order
}
