package main

import (
	"slices"

	"tribemarket/models/search/index"
)

// bareTable are the limit of the engine: rows as small numbers, side by side,
// that a loop over known hits counts. What isn't a small number of a row, the
// prices and the audience, it leaves out.
type bareTable struct {
	n       int
	cells   []bareCells
	columns [17][]uint32 // the same column by column: wide ones, then small ones
	rows    []bareRow
	sets    [4]map[string]uint32
	wide    [4][]uint32
	small   [13][256]uint32
}

type bareCells struct {
	wide  [4]uint32
	small [13]uint8
}

// bareRow is what filters ask of a row, kept apart.
type bareRow struct {
	creator int64
	values  [index.ValueFacets]uint64 // a bit each of the first 64; none has more but regions
	region  int16
	figures [index.RangeFacets]int64
	euros   int64
	shares  [10]int32
}

var wideFacets = [4]index.ValueFacet{index.Tribe, index.Category, index.Language, index.ContentType}

func newBareTable(rows int) *bareTable {
	b := &bareTable{n: rows, cells: make([]bareCells, 0, rows), rows: make([]bareRow, 0, rows)}
	for i := range b.sets {
		b.sets[i] = map[string]uint32{}
	}
	numbers := map[string]int{}
	for f := range facetValues {
		for i, name := range facetValues[f].names {
			numbers[name] = i
		}
	}
	eachRow(rows, func(r index.Row) {
		var c bareCells
		row := bareRow{creator: r.Creator, figures: r.Figures, euros: index.Null}
		for f, names := range r.Values {
			for _, name := range names {
				row.values[f] |= 1 << (numbers[name] & 63)
				row.region = int16(numbers[name])
			}
		}
		row.region = int16(numbers[r.Values[index.Region][0]])
		for i, f := range wideFacets {
			key := string(rune(row.values[f])) + string(rune(row.values[f]>>20)) + string(rune(row.values[f]>>40))
			id, ok := b.sets[i][key]
			if !ok {
				id = uint32(len(b.sets[i]))
				b.sets[i][key] = id
			}
			c.wide[i] = id
		}
		for i, f := range []index.ValueFacet{index.Platform, index.Flags, index.Country, index.Region} {
			c.small[i] = uint8(numbers[r.Values[f][0]])
		}
		for f := range index.Price {
			if at := 4 + int(f); f == index.LastPosted {
				c.small[at] = uint8(min(255, marketDay-r.Figures[f]))
			} else if v, limits := r.Figures[f], index.Limits(f); v != index.Null {
				n, found := slices.BinarySearch(limits, v)
				if found {
					n++
				}
				c.small[at] = uint8(n)
			} else {
				c.small[at] = 255
			}
		}
		if a := r.Prices[index.Video]; a.Currency == "EUR" {
			row.euros = a.Minor
		}
		for _, s := range r.Audience {
			if s.Kind == index.AudienceCountry {
				row.shares[slices.Index(audiences[0].names, s.Key)] = s.PPM
			}
		}
		b.cells, b.rows = append(b.cells, c), append(b.rows, row)
		for i, set := range c.wide {
			b.columns[i] = append(b.columns[i], set)
		}
		for i, cell := range c.small {
			b.columns[4+i] = append(b.columns[4+i], uint32(cell))
		}
	})
	for i := range b.wide {
		b.wide[i] = make([]uint32, len(b.sets[i]))
	}
	return b
}

// bareHits are the rows that fit and, by filter, those that fail it alone.
type bareHits struct {
	all  []uint32
	only [3][]uint32
	at   [3]int // the filter's column: a wide one, 4 and more a small one, below 0 none

	wide, small []int // the columns that are counted
}

func (b *bareTable) matchRows(q *index.Query) bareHits {
	var h bareHits
	var tests []func(*bareRow) bool
	for f, choice := range q.Values {
		if len(choice.Values) == 0 {
			continue
		}
		var mask uint64
		var regions []int16
		for _, name := range choice.Values {
			n := slices.Index(facetValues[f].names, name)
			mask |= 1 << (n & 63)
			regions = append(regions, int16(n))
		}
		h.at[len(tests)] = bareColumn(index.ValueFacet(f))
		if index.ValueFacet(f) == index.Region {
			tests = append(tests, func(r *bareRow) bool { return slices.Contains(regions, r.region) })
			continue
		}
		tests = append(tests, func(r *bareRow) bool { return r.values[f]&mask != 0 })
	}
	for f, r := range q.Ranges {
		if r.Min == nil && r.Max == nil {
			continue
		}
		h.at[len(tests)] = 8 + f
		if f == int(index.Price) {
			h.at[len(tests)] = -1
		}
		tests = append(tests, func(row *bareRow) bool {
			v := row.figures[f]
			if f == int(index.Price) {
				v = row.euros
			}
			return v != index.Null && (r.Min == nil || v >= *r.Min) && (r.Max == nil || v <= *r.Max)
		})
	}
	if t := q.Shares[index.AudienceCountry]; len(t.Keys) > 0 {
		key := slices.Index(audiences[0].names, t.Keys[0])
		h.at[len(tests)] = -1
		tests = append(tests, func(r *bareRow) bool { return r.shares[key] >= t.PPM })
	}
	h.chooseColumns()
	for row := range b.rows {
		failed, which := 0, 0
		for i, fits := range tests {
			if !fits(&b.rows[row]) {
				if failed++; failed > 1 {
					break
				}
				which = i
			}
		}
		switch failed {
		case 0:
			h.all = append(h.all, uint32(row))
		case 1:
			h.only[which] = append(h.only[which], uint32(row))
		}
	}
	return h
}

// chooseColumns chooses the columns of the facets that a page counts.
func (h *bareHits) chooseColumns() {
	all := []int{bareColumn(index.Tribe), bareColumn(index.Country), bareColumn(index.Flags), 8 + int(index.Followers), 8 + int(index.Engagement)}
	for _, at := range append(all, h.at[:]...) {
		switch {
		case at < 0:
		case at < 4 && !slices.Contains(h.wide, at):
			h.wide = append(h.wide, at)
		case at >= 4 && !slices.Contains(h.small, at-4):
			h.small = append(h.small, at-4)
		}
	}
}

func bareColumn(f index.ValueFacet) int {
	if i := slices.Index(wideFacets[:], f); i >= 0 {
		return i
	}
	return 4 + slices.Index([]index.ValueFacet{index.Platform, index.Flags, index.Country, index.Region}, f)
}

// countHits is the loop that nothing can do without.
func (b *bareTable) countHits(h bareHits) {
	for _, row := range h.all {
		c := &b.cells[row]
		for _, i := range h.wide {
			b.wide[i][c.wide[i]]++
		}
		for _, i := range h.small {
			b.small[i][c.small[i]]++
		}
	}
	for i, rows := range h.only {
		at := h.at[i]
		if at < 0 {
			continue
		}
		counts, column := b.small[max(at-4, 0)][:], b.columns[at]
		if at < 4 {
			counts = b.wide[at]
		}
		for _, row := range rows {
			counts[column[row]]++
		}
	}
}

func (b *bareTable) countCreators(rows []uint32) int {
	n, last := 0, int64(-1)
	for _, row := range rows {
		if c := b.rows[row].creator; c != last {
			last = c
			n++
		}
	}
	return n
}
