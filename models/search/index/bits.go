package index

import (
	mathbits "math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// bits is a set of rows, 64 per word. Its length is a multiple of a roaring
// bitmap's container, so that one can be written into it.
type bits []uint64

func newBits(rows int) bits { return room[uint64]((rows + 1<<16 - 1) >> 16 << 10) }

func (b bits) has(row uint32) bool { return b[row>>6]>>(row&63)&1 != 0 }
func (b bits) set(row uint32)      { b[row>>6] |= 1 << (row & 63) }
func (b bits) clear(row uint32)    { b[row>>6] &^= 1 << (row & 63) }

func (b bits) count() (n int) {
	for _, w := range b {
		n += mathbits.OnesCount64(w)
	}
	return n
}

func (b bits) intersect(o bits) {
	o = o[:len(b)]
	for i := range b {
		b[i] &= o[i]
	}
}

// setFrom sets b to the rows of the bitmap.
func (b bits) setFrom(bitmap *roaring.Bitmap) {
	clear(b)
	bitmap.WriteDenseTo(b)
}

// all iterates over the rows in order.
func (b bits) all(yield func(uint32) bool) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			if !yield(uint32(i<<6 + mathbits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// from iterates over the rows from a given one on, in order.
func (b bits) from(row uint32, yield func(uint32) bool) {
	i := int(row >> 6)
	if i >= len(b) {
		return
	}
	w := b[i] >> (row & 63) << (row & 63)
	for {
		for ; w != 0; w &= w - 1 {
			if !yield(uint32(i<<6 + mathbits.TrailingZeros64(w))) {
				return
			}
		}
		if i++; i == len(b) {
			return
		}
		w = b[i]
	}
}

// descending iterates over the rows below a given one, last first.
func (b bits) descending(row uint32, yield func(uint32) bool) {
	i := int(row >> 6)
	w := uint64(0)
	if i < len(b) {
		w = b[i] & (1<<(row&63) - 1)
	} else {
		i = len(b)
	}
	for {
		for w != 0 {
			top := mathbits.Len64(w) - 1
			if !yield(uint32(i<<6 + top)) {
				return
			}
			w &^= 1 << top
		}
		if i--; i < 0 {
			return
		}
		w = b[i]
	}
}

// ranked is a set of rows that knows the rank of each, so that values which
// only some rows have are stored for those alone.
type ranked struct {
	rows   bits
	before []uint32 // rows before each word
	n      int
}

func newRanked(rows bits) ranked {
	r := ranked{rows: rows, before: make([]uint32, len(rows))}
	for i, w := range rows {
		r.before[i] = uint32(r.n)
		r.n += mathbits.OnesCount64(w)
	}
	return r
}

// at is the rank of a row that is in the set.
func (r *ranked) at(row uint32) uint32 {
	return r.before[row>>6] + uint32(mathbits.OnesCount64(r.rows[row>>6]&(1<<(row&63)-1)))
}

func (r *ranked) bytes() int64 { return int64(len(r.rows)*8 + len(r.before)*4) }
