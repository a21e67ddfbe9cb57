package index

import (
	"runtime"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// Build returns the segment of all rows. The builder must not be used afterwards.
func (b *Builder) Build() *Segment {
	s := b.s
	s.groupRows()
	for row := range uint32(s.rows) {
		s.cells[ofRange+facet(LastPosted)].add(s.daysAgo(s.figures[LastPosted].at(row)))
	}
	var work []func()
	for f := range ValueFacets {
		work = append(work, func() {
			s.values[f].close(s, func(row uint32) uint32 { return s.setOf(f, row) })
		})
	}
	for f := range RangeFacets {
		if f != Price {
			work = append(work, func() { s.bands[f] = s.bandRows(f) }, func() { s.orders[f] = newOrder(&s.figures[f], s.rows) })
		}
	}
	work = append(work, func() { s.byStatic = newOrder(&s.static, s.rows) })
	for _, p := range s.prices {
		work = append(work, func() { p.close(s) })
	}
	s.full = map[int32]*roaring.Bitmap{}
	for month, rows := range b.full {
		s.full[month] = roaring.BitmapOf(rows...)
	}
	s.away.starts = append(s.away.starts, uint32(len(s.away.spans)))
	work = append(work,
		func() { s.terms = b.words.Build() },
		func() { s.audience.close(bitsOf(s.rows, b.shared), s.joined) },
		func() { s.hashtags.close(bitsOf(s.rows, b.tagged)) })
	inParallel(work)
	s.totals = s.countAll()
	return s
}

// groupRows finds the rows of creators with several rows.
func (s *Segment) groupRows() {
	s.siblings, s.joined, s.many = newBits(s.rows), newBits(s.rows), newBits(s.rows)
	for row := uint32(1); int(row) < s.rows; row++ {
		if s.creators[row] != s.creators[row-1] {
			continue
		}
		s.joined.set(row)
		s.siblings.set(row - 1)
		s.siblings.set(row)
		if s.joined.has(row - 1) {
			s.many.set(row - 2)
			s.many.set(row - 1)
			s.many.set(row)
		}
	}
	for row := uint32(0); int(row) < s.rows; row++ {
		if !s.many.has(row) {
			continue
		}
		from, to := s.rowsBeside(row)
		for first := from; first < to; first += 64 {
			s.large = append(s.large, group{first, 1<<min(to-first, 64) - 1, first > from})
		}
		row = to - 1
	}
}

// inParallel runs the work on all processors.
func inParallel(work []func()) {
	next := make(chan func(), len(work))
	for _, w := range work {
		next <- w
	}
	close(next)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for w := range next {
				w()
			}
		})
	}
	all.Wait()
}

func bitsOf(n int, rows []uint32) bits {
	b := newBits(n)
	for _, row := range rows {
		b.set(row)
	}
	return b
}

// daysAgo encodes a day for cells.
func (s *Segment) daysAgo(day int64) uint32 {
	if day == Null {
		return noBand
	}
	return uint32(min(s.latest-day, longAgo))
}

// postedAgo are the limits between the bands of the last post's day, in days
// before the latest.
var postedAgo = []int64{364, 179, 89, 59, 29, 13, 6}

// bandRows builds the sets of rows in each band of a figure.
func (s *Segment) bandRows(f RangeFacet) banded {
	b := banded{limits: limits[f]}
	if f == LastPosted && s.latest != Null {
		for _, days := range postedAgo {
			b.limits = append(b.limits, s.latest-days)
		}
	}
	sets := s.newRowSets(len(b.limits) + 1)
	for row := range uint32(s.rows) {
		v := s.figures[f].at(row)
		switch {
		case v == Null:
		case f == LastPosted:
			sets.add(band(b.limits, v), row)
		default:
			sets.add(int(s.cells[ofRange+facet(f)].at(row)), row)
		}
	}
	b.rows = sets.close()
	return b
}

// Bytes is the memory used by columns, bitmaps, orders and terms.
func (s *Segment) Bytes() int64 {
	n := int64(s.rows)*(16+4+2*int64(statics)) + int64(len(s.tied)*8) + 3*int64(len(s.siblings)*8) + int64(len(s.large)*16) + s.static.bytes()
	for f := range s.cells {
		n += s.cells[f].bytes()
	}
	for f := range s.values {
		n += s.values[f].bytes()
	}
	for f := range s.figures {
		n += s.figures[f].bytes()
		for i := range s.bands[f].rows {
			n += s.bands[f].rows[i].bytes()
		}
	}
	for f := range s.orders {
		n += int64(len(s.orders[f].rows) * 4)
	}
	n += int64(len(s.byStatic.rows) * 4)
	for _, p := range s.prices {
		n += p.bytes()
	}
	a, h := &s.audience, &s.hashtags
	n += a.has.bytes() + int64(len(a.starts)*4+len(a.shares)*(8+8))
	for key := range a.byKey {
		n += int64(len(a.byKey[key].joined) * 4)
	}
	n += h.has.bytes() + int64(len(h.starts)*4+len(h.tags)*(4+4)+len(h.first)*4)
	for _, name := range h.names {
		n += 2*int64(len(name)+16) + 12
	}
	for _, rows := range s.full {
		n += int64(rows.GetSizeInBytes())
	}
	return n + s.away.bytes() + s.terms.Bytes()
}
