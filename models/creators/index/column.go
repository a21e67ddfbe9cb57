package index

import "math"

// column is a figure of every row: four bytes each while that is exact.
type column struct {
	narrow []int32
	wide   []int64
}

const narrowNull = math.MinInt32

func (c *column) at(row uint32) int64 {
	if c.wide != nil {
		return c.wide[row]
	}
	if v := c.narrow[row]; v != narrowNull {
		return int64(v)
	}
	return Null
}

// between sets those of some rows whose figure is between low and high.
func (c *column) between(low, high int64, of []uint32, rows bits) {
	if c.wide != nil {
		for _, row := range of {
			if v := c.wide[row]; low <= v && v <= high {
				rows.set(row)
			}
		}
		return
	}
	least, most := int32(max(low, narrowNull+1)), int32(min(high, math.MaxInt32))
	if low > math.MaxInt32 || high <= narrowNull {
		return
	}
	for _, row := range of {
		in := uint64(0) // no branch, since half of them would be guessed wrong
		if v := c.narrow[row]; least <= v && v <= most {
			in = 1
		}
		rows[row>>6] |= in << (row & 63)
	}
}

func (c *column) add(v int64) {
	if c.wide == nil {
		switch {
		case v == Null:
			c.narrow = append(c.narrow, narrowNull)
			return
		case v > narrowNull && v <= math.MaxInt32:
			c.narrow = append(c.narrow, int32(v))
			return
		}
		c.widen()
	}
	c.wide = append(c.wide, v)
}

func (c *column) widen() {
	c.wide = make([]int64, len(c.narrow), max(cap(c.narrow), 1))
	for i := range c.narrow {
		c.wide[i] = Null
		if v := c.narrow[i]; v != narrowNull {
			c.wide[i] = int64(v)
		}
	}
	c.narrow = nil
}

func (c *column) bytes() int64 { return int64(len(c.narrow)*4 + len(c.wide)*8) }
