package index

import "math"

// column holds a figure for every row, in four bytes each as long as they suffice.
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
