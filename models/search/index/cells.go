package index

import "math"

// cells hold what each row counts towards in one facet: the number of its set of values or
// of its figure's band, and for the day of the last post the days between it and the
// latest. They take as few bytes each as the largest allows.
type cells struct {
	small []uint8
	slim  []uint16
	wide  []uint32
}

const (
	noBand  = math.MaxUint8 // no figure
	longAgo = noBand - 1    // days before the latest, or more
)

// hasCells says whether rows have cells for a facet; prices and audiences are counted
// separately.
func hasCells(of facet) bool { return of < ofShare && of != ofRange+facet(Price) }

func (c *cells) at(row uint32) uint32 {
	switch {
	case c.wide != nil:
		return c.wide[row]
	case c.slim != nil:
		return uint32(c.slim[row])
	default:
		return uint32(c.small[row])
	}
}

func (c *cells) add(cell uint32) {
	if c.wide == nil && c.slim == nil && cell > math.MaxUint8 {
		c.slim, c.small = widen[uint16](c.small), nil
	}
	if c.wide == nil && cell > math.MaxUint16 {
		c.wide, c.slim = widen[uint32](c.slim), nil
	}
	switch {
	case c.wide != nil:
		c.wide = append(c.wide, cell)
	case c.slim != nil:
		c.slim = append(c.slim, uint16(cell))
	default:
		c.small = append(c.small, uint8(cell))
	}
}

func widen[To uint16 | uint32, From uint8 | uint16](cells []From) []To {
	wider := room[To](cap(cells))[:len(cells)]
	for i, cell := range cells {
		wider[i] = To(cell)
	}
	return wider
}

// count adds one to the count of each row's cell.
func (c *cells) count(counts []uint32, rows []uint32) {
	switch {
	case c.wide != nil:
		countCells(counts, c.wide, rows)
	case c.slim != nil:
		countCells(counts, c.slim, rows)
	default:
		countCells(counts, c.small, rows)
	}
}

func countCells[C uint8 | uint16 | uint32](counts []uint32, cells []C, rows []uint32) {
	for _, row := range rows {
		counts[cells[row]]++
	}
}

func (c *cells) bytes() int64 { return int64(len(c.small) + 2*len(c.slim) + 4*len(c.wide)) }
