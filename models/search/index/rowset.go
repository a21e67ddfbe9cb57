package index

import (
	mathbits "math/bits"
	"slices"
)

// rowSet holds the rows with a value, ready for counting those it has in common
// with others: as bits or, if there are few, as a list in order.
type rowSet struct {
	dense bits
	few   []uint32

	pairs  []uint32 // the second rows of creators with two rows who have the value in both
	groups []group  // the rows of creators with more, if at least two of them have it
}

// group holds rows of one creator: a bit each for the first and the 63 after
// it.
type group struct {
	first uint32
	rows  uint64
	same  bool // it continues the previous group: the creator has more than 64 rows
}

// manyRows is the density at which a set is stored as bits: one row in so many. A
// word of bits is read as fast as one or two rows of a list. In a small segment
// no set is dense enough.
const manyRows = 48

// rowSets collects the rows of several sets.
type rowSets struct {
	s    *Segment
	rows [][]uint32
}

func (s *Segment) newRowSets(n int) *rowSets { return &rowSets{s, make([][]uint32, n)} }

// add puts a row, which comes after all before it, into a set.
func (r *rowSets) add(set int, row uint32) { r.rows[set] = append(r.rows[set], row) }

// close returns the sets.
func (r *rowSets) close() []rowSet {
	words, many := len(r.s.joined), 0
	for _, rows := range r.rows {
		if isMany(rows, words) {
			many++
		}
	}
	all, sets := room[uint64](many*words), make([]rowSet, len(r.rows))
	for i, rows := range r.rows {
		s := &sets[i]
		if isMany(rows, words) {
			s.dense, all = bits(all[:words:words]), all[words:]
			for _, row := range rows {
				s.dense.set(row)
			}
		} else {
			s.few = append(make([]uint32, 0, len(rows)), rows...)
		}
		r.rows[i] = nil
		s.close(r.s)
	}
	return sets
}

func isMany(rows []uint32, words int) bool {
	return len(rows) > 0 && len(rows) >= words*64/manyRows
}

// addTo adds the set's rows to others.
func (s *rowSet) addTo(rows bits) {
	for i, w := range s.dense {
		rows[i] |= w
	}
	for _, row := range s.few {
		rows.set(row)
	}
}

func (s *rowSet) close(of *Segment) {
	rows := s.dense
	if rows == nil {
		rows = of.takeBits()
		defer of.giveBits(rows)
		clear(rows)
		s.addTo(rows)
	}
	before := uint64(0)
	for i, joined := range of.joined {
		w := rows[i]
		for both := w & (w<<1 | before>>63) & joined &^ of.many[i]; both != 0; both &= both - 1 {
			s.pairs = append(s.pairs, uint32(i<<6+mathbits.TrailingZeros64(both)))
		}
		before = w
	}
	s.pairs = slices.Clip(s.pairs)
	for i, g := range of.large {
		g.rows &= rows.window(g.first)
		if g.rows&(g.rows-1) != 0 || g.same || i+1 < len(of.large) && of.large[i+1].same {
			s.groups = append(s.groups, g)
		}
	}
	s.groups = slices.Clip(s.groups)
}

func (s *rowSet) bytes() int64 {
	return int64(len(s.dense)*8 + len(s.few)*4 + len(s.pairs)*4 + len(s.groups)*16)
}

// window returns the bits of a row and the 63 after it.
func (b bits) window(row uint32) uint64 {
	i, shift := row>>6, row&63
	w := b[i] >> shift
	if shift > 0 && int(i)+1 < len(b) {
		w |= b[i+1] << (64 - shift)
	}
	return w
}

// subset holds rows among which sets are counted.
type subset struct {
	of     bits
	second bits    // the second rows of creators with two, if both are in it
	large  []group // the rows of creators with more
}

// subset builds a subset of the rows; the caller releases it.
func (s *Segment) subset(rows bits) *subset {
	b := &subset{of: rows, second: s.takeBits(), large: s.large}
	before := uint64(0)
	for i, joined := range s.joined {
		w := rows[i]
		b.second[i] = w & (w<<1 | before>>63) & joined &^ s.many[i]
		before = w
	}
	return b
}

func (s *Segment) giveSubset(b *subset) {
	s.giveBits(b.of)
	s.giveBits(b.second)
}

// count returns how many creators of the subset are in a set.
func (b *subset) count(s *rowSet) (n int64) {
	if s.dense != nil {
		n = int64(b.of.countCommon(s.dense))
	} else {
		n = b.of.countSet(s.few)
	}
	return n - b.second.countSet(s.pairs) - b.again(s.groups)
}

// persons returns how many creators are in the subset.
func (b *subset) persons() int64 {
	return int64(b.of.count()-b.second.count()) - b.again(b.large)
}

// again returns how many rows of groups are in the subset, not counting one of each.
func (b *subset) again(groups []group) (n int64) {
	for i, have := 0, 0; i < len(groups); i++ {
		g := &groups[i]
		if !g.same {
			have = 0
		}
		more := mathbits.OnesCount64(g.rows & b.of.window(g.first))
		n += int64(max(0, have+more-1) - max(0, have-1))
		have += more
	}
	return n
}

// countCommon counts the rows that are in both. It reads their four quarters side
// by side, since memory delivers four streams faster than one.
func (b bits) countCommon(o bits) (n int) {
	q := len(b) / 4 // nothing remains, as bits are whole containers
	b0, b1, b2, b3 := b[:q], b[q:2*q], b[2*q:3*q], b[3*q:4*q]
	o0, o1, o2, o3 := o[:q], o[q:2*q], o[2*q:3*q], o[3*q:4*q]
	for i, w := range b0 {
		n += mathbits.OnesCount64(w&o0[i]) + mathbits.OnesCount64(b1[i]&o1[i]) +
			mathbits.OnesCount64(b2[i]&o2[i]) + mathbits.OnesCount64(b3[i]&o3[i])
	}
	return n
}

// countSet counts how many of some rows are set, in quarters as well.
func (b bits) countSet(rows []uint32) (n int64) {
	q := len(rows) / 4
	r0, r1, r2, r3 := rows[:q], rows[q:2*q], rows[2*q:3*q], rows[3*q:4*q]
	for i, r := range r0 {
		n += b.bit(r) + b.bit(r1[i]) + b.bit(r2[i]) + b.bit(r3[i])
	}
	for _, r := range rows[4*q:] {
		n += b.bit(r)
	}
	return n
}

func (b bits) bit(row uint32) int64 { return int64(b[row>>6] >> (row & 63) & 1) }
