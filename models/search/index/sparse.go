package index

import (
	"cmp"
	"slices"
)

// market is a format and a currency, for which there are prices.
type market struct {
	format   Format
	currency string
}

// priced holds the rows with a price on a market, ascending, and their prices.
type priced struct {
	rows           []uint32
	minor          []int64
	cpm            []int64  // per 1000 median views, Null without views
	bands          []rowSet // of the price
	byMinor, byCPM order    // rows that have it
}

// close sorts them and divides them into bands.
func (p *priced) close(s *Segment) {
	p.byMinor, p.byCPM = sortByValue(p.rows, p.minor), sortByValue(p.rows, p.cpm)
	sets := s.newRowSets(len(limits[Price]) + 1)
	for i, row := range p.rows {
		sets.add(band(limits[Price], p.minor[i]), row)
	}
	p.bands = sets.close()
}

func (p *priced) bytes() int64 {
	n := int64(len(p.rows)*(4+8+8) + 4*len(p.byMinor.rows) + 4*len(p.byCPM.rows))
	for i := range p.bands {
		n += p.bands[i].bytes()
	}
	return n
}

// sortByValue returns the rows with a value, lowest first and ties by row.
func sortByValue(rows []uint32, values []int64) order {
	type entry struct {
		row   uint32
		value int64
	}
	var all []entry
	for i, row := range rows {
		if values[i] != Null {
			all = append(all, entry{row, values[i]})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.row, b.row)) })
	o := order{rows: make([]uint32, len(all)), filled: len(all)}
	for i, e := range all {
		o.rows[i] = e.row
	}
	return o
}

// find returns a row's position, searching from the one found for a lower row.
func (p *priced) find(from int, row uint32) (int, bool) {
	step := 1
	for from+step < len(p.rows) && p.rows[from+step] < row {
		from += step
		step *= 2
	}
	end := min(from+step+1, len(p.rows))
	n, ok := slices.BinarySearch(p.rows[min(from, end):end], row)
	return from + n, ok
}

// share is a row's share of an audience key.
type share struct {
	key uint32 // in audience.keys
	ppm int32
}

// audience holds the shares of the rows that have any, row by row, and those of
// each key, largest first.
type audience struct {
	keys   []Share // Kind and Key
	ids    map[Share]uint32
	has    ranked
	starts []uint32
	shares []share // largest first for each row
	byKey  []keyed
}

type keyed struct {
	rows   []uint32
	ppm    []int32
	joined []uint32 // the positions in rows of those with the same creator as the row before
}

func (a *audience) of(row uint32) []share {
	i := a.has.at(row)
	return a.shares[a.starts[i]:a.starts[i+1]]
}

// above returns how many of a key's rows have at least ppm.
func (k *keyed) above(ppm int32) int {
	n, _ := slices.BinarySearchFunc(k.ppm, ppm, func(have, want int32) int {
		if have >= want {
			return -1
		}
		return 1
	})
	return n
}

// close sorts the shares by key; rows are those that have any, joined those
// with the same creator as the row before.
func (a *audience) close(rows, joined bits) {
	a.has = newRanked(rows)
	a.starts = append(a.starts, uint32(len(a.shares)))
	type entry struct {
		row uint32
		ppm int32
	}
	byKey := make([][]entry, len(a.keys))
	i := 0
	for row := range rows.all {
		for _, s := range a.shares[a.starts[i]:a.starts[i+1]] {
			byKey[s.key] = append(byKey[s.key], entry{row, s.ppm})
		}
		i++
	}
	a.byKey = make([]keyed, len(a.keys))
	for key, entries := range byKey {
		slices.SortFunc(entries, func(x, y entry) int { return cmp.Or(cmp.Compare(y.ppm, x.ppm), cmp.Compare(x.row, y.row)) })
		k := keyed{rows: make([]uint32, len(entries)), ppm: make([]int32, len(entries))}
		for i, e := range entries {
			if k.rows[i], k.ppm[i] = e.row, e.ppm; joined.has(e.row) {
				k.joined = append(k.joined, uint32(i))
			}
		}
		a.byKey[key], byKey[key] = k, nil
	}
}

// away holds the spans in which rows take no work.
type away struct {
	rows   []uint32
	starts []uint32
	spans  []Span
}

func (a *away) bytes() int64 { return int64(len(a.rows)*4 + len(a.starts)*4 + len(a.spans)*8) }

// hashtags holds the hashtags of the rows that have any, row by row, and the
// rows of each.
type hashtags struct {
	names  []string
	ids    map[string]uint32
	has    ranked
	starts []uint32
	tags   []uint32
	first  []uint32 // by hashtag, where its rows begin in rows, and the end of the last
	rows   []uint32
}

func (h *hashtags) of(row uint32) []uint32 {
	if !h.has.rows.has(row) {
		return nil
	}
	i := h.has.at(row)
	return h.tags[h.starts[i]:h.starts[i+1]]
}

// with returns the rows that have a hashtag.
func (h *hashtags) with(tag uint32) []uint32 { return h.rows[h.first[tag]:h.first[tag+1]] }

func (h *hashtags) close(rows bits) {
	h.has = newRanked(rows)
	h.starts = append(h.starts, uint32(len(h.tags)))
	h.first = make([]uint32, len(h.names)+2)
	for _, t := range h.tags {
		h.first[t+2]++
	}
	for i := 2; i < len(h.first); i++ {
		h.first[i] += h.first[i-1]
	}
	h.rows = make([]uint32, len(h.tags))
	i := 0
	for row := range rows.all {
		for _, t := range h.tags[h.starts[i]:h.starts[i+1]] {
			h.rows[h.first[t+1]] = row
			h.first[t+1]++
		}
		i++
	}
	h.first = h.first[:len(h.names)+1]
}
