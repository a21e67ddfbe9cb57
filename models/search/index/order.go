package index

import "math"

// order holds the rows sorted by a figure, lowest first and ties by row; rows
// without the figure come last, by row.
type order struct {
	rows   []uint32
	filled int // how many rows have the figure
}

// newOrder sorts rows by a column, with a radix sort, which keeps ties in the
// order of rows.
func newOrder(c *column, n int) order {
	rows, keys := room[uint32](n)[:0], make([]uint64, 0, n)
	lowest, highest := uint64(1<<64-1), uint64(0)
	for row := range uint32(n) {
		if v := c.at(row); v != Null {
			key := uint64(v) ^ 1<<63
			rows, keys = append(rows, row), append(keys, key)
			lowest, highest = min(lowest, key), max(highest, key)
		}
	}
	filled := len(rows)
	if filled > 0 {
		rows = sortByDigits(rows, keys, lowest, highest)
	}
	for row := range uint32(n) {
		if c.at(row) == Null {
			rows = append(rows, row)
		}
	}
	return order{rows, filled}
}

func sortByDigits(rows []uint32, keys []uint64, lowest, highest uint64) []uint32 {
	const digit = 11
	otherRows, otherKeys := room[uint32](cap(rows))[:len(rows)], make([]uint64, len(keys))
	for shift := 0; shift < 64 && (highest-lowest)>>shift != 0; shift += digit {
		var begin [1 << digit]uint32
		for _, k := range keys {
			begin[(k-lowest)>>shift&(1<<digit-1)]++
		}
		at := uint32(0)
		for i, n := range begin {
			begin[i] = at
			at += n
		}
		for i, k := range keys {
			d := (k - lowest) >> shift & (1<<digit - 1)
			otherRows[begin[d]], otherKeys[begin[d]] = rows[i], k
			begin[d]++
		}
		rows, otherRows, keys, otherKeys = otherRows, rows, otherKeys, keys
	}
	return rows
}

// at returns the row at a position of the order, ascending or descending: ties
// follow its direction, and rows without the figure come last in both.
func (o *order) at(place int, descending bool) uint32 {
	switch {
	case !descending:
		return o.rows[place]
	case place < o.filled:
		return o.rows[o.filled-1-place]
	default:
		return o.rows[len(o.rows)-1-(place-o.filled)]
	}
}

// begin returns the position, ascending or descending, of the first row in a range.
func (o *order) begin(c *column, in Range, descending bool) int {
	switch low, high := in.bounds(); {
	case !descending && in.Min != nil:
		return o.first(c, low)
	case descending && high < math.MaxInt64:
		return o.filled - o.first(c, high+1)
	default:
		return 0
	}
}

// first returns the position of the first row whose figure is at least v.
func (o *order) first(c *column, v int64) int {
	low, high := 0, o.filled
	for low < high {
		if mid := int(uint(low+high) >> 1); c.at(o.rows[mid]) < v {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
