package index_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"tribemarket/models/search/index"
)

var (
	weights    = index.Weights{30, 25, 20, 10, 10, 5}
	vocabulary = []string{"anna", "annabel", "bakery", "baking", "chess", "cheese", "dance", "dancing", "elephant"}
	letters    = []string{"a", "b", "c", "d"}
)

func drawRow(t *rapid.T, account, creator int64) index.Row {
	r := index.Row{Account: account, Creator: creator}
	for month := range int32(3) {
		if rapid.IntRange(0, 3).Draw(t, "full") == 0 {
			r.Full = append(r.Full, month)
		}
	}
	for f := range r.Values {
		most := 1
		switch index.ValueFacet(f) {
		case index.Tribe:
			most = 3
		case index.Category:
			most = 6
		case index.Language, index.ContentType:
			most = 2
		}
		names := letters
		if most > 2 {
			names = []string{"a", "b", "c", "d", "e", "f", "g"}
		}
		r.Values[f] = slices.Compact(slices.Sorted(slices.Values(rapid.SliceOfN(rapid.SampledFrom(names), 0, most).Draw(t, "values"))))
	}
	for range r.Values[index.Tribe] {
		r.Known += rapid.SampledFrom([]string{"d", "i", "v"}).Draw(t, "known")
	}
	for f := range index.RangeFacets {
		r.Figures[f] = drawFigure(t, f)
	}
	for f := range r.Prices {
		if rapid.Bool().Draw(t, "priced") {
			r.Prices[f] = index.Amount{Currency: rapid.SampledFrom([]string{"EUR", "USD"}).Draw(t, "currency"), Minor: drawFigure(t, index.Price)}
		}
	}
	if rapid.IntRange(0, 2).Draw(t, "known audience") == 0 {
		for kind := range index.ShareFacets {
			for _, key := range letters[:rapid.IntRange(0, 4).Draw(t, "keys")] {
				r.Audience = append(r.Audience, index.Share{Kind: kind, Key: key, PPM: rapid.SampledFrom([]int32{0, 100_000, 250_000, 300_001}).Draw(t, "ppm")})
			}
		}
	}
	for at := int32(0); rapid.IntRange(0, 3).Draw(t, "away") == 0; at += 10 {
		r.Away = append(r.Away, index.Span{From: 20_000 + at, To: 20_000 + at + rapid.Int32Range(0, 5).Draw(t, "days")})
	}
	words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 4)
	r.Text = strings.Join(words.Draw(t, "names"), " ") + " | " + strings.Join(words.Draw(t, "rest"), " ")
	r.Hashtags = rapid.SliceOfNDistinct(rapid.SampledFrom(letters), 0, 3, rapid.ID).Draw(t, "hashtags")
	for p := range r.Parts {
		r.Parts[p] = rapid.SampledFrom([]int16{0, 500, 501, 1000}).Draw(t, "part")
	}
	return r
}

// drawFigure draws figures that are often equal, at a limit or beside one.
func drawFigure(t *rapid.T, f index.RangeFacet) int64 {
	if f == index.LastPosted {
		return rapid.SampledFrom([]int64{index.Null, 20_000, 19_999, 19_994, 19_971, 19_747, 19_746, 19_745, 19_600}).Draw(t, "day")
	}
	v := rapid.SampledFrom(append(index.Limits(f), index.Null, 0, 7, 1<<40)).Draw(t, "figure")
	if v == index.Null {
		if f == index.Price {
			return 0
		}
		return v
	}
	return v + rapid.Int64Range(-1, 1).Draw(t, "beside")
}

func drawQuery(t *rapid.T, creators int64) index.Query {
	q := index.Query{
		Facets: index.AllFacets, Size: rapid.IntRange(1, 6).Draw(t, "size"), Weights: weights,
		Sort: index.Sort(rapid.IntRange(0, int(index.ByCPM)).Draw(t, "sort")), Descending: rapid.Bool().Draw(t, "descending"),
		Format: index.Format(rapid.IntRange(0, 2).Draw(t, "format")), Currency: rapid.SampledFrom([]string{"EUR", "EUR", "USD", "CHF"}).Draw(t, "currency"),
		Posted: []int64{20_001, 20_000, 19_971, 19_746, 19_745, 19_700, 19_000},
	}
	if rapid.IntRange(0, 4).Draw(t, "own weights") == 0 {
		q.Weights = index.Weights{1, 2, 3, 4, 5, 6}
	}
	for range rapid.IntRange(0, 4).Draw(t, "filters") {
		drawFilter(t, &q, creators)
	}
	for f := range q.Shares {
		q.Shares[f].PPM = rapid.SampledFrom([]int32{0, 100_000, 250_000, 250_001}).Draw(t, "threshold")
	}
	return q
}

func drawFilter(t *rapid.T, q *index.Query, creators int64) {
	switch rapid.IntRange(0, 9).Draw(t, "filter") {
	default:
		f := rapid.IntRange(0, int(index.ValueFacets)-1).Draw(t, "facet")
		q.Values[f] = index.Choice{Values: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", "nobody"}), 1, 3).Draw(t, "chosen"), All: rapid.IntRange(0, 3).Draw(t, "all") == 0}
	case 4, 5, 6:
		f := index.RangeFacet(rapid.IntRange(0, int(index.RangeFacets)-1).Draw(t, "range"))
		if rapid.IntRange(0, 3).Draw(t, "price") == 0 {
			f = index.Price
		}
		if v := drawFigure(t, f); v != index.Null && rapid.Bool().Draw(t, "lowest") {
			q.Ranges[f].Min = &v
		}
		if v := drawFigure(t, f); v != index.Null {
			q.Ranges[f].Max = &v
		}
	case 7:
		f := rapid.IntRange(0, int(index.ShareFacets)-1).Draw(t, "division")
		q.Shares[f].Keys = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "nobody"}), 1, 2).Draw(t, "keys")
	case 8:
		q.Words = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "an", "anna", "bak", "baker", "bakker", "elefant", "dancin", "zz"}), 1, 2, rapid.ID).Draw(t, "words")
	case 9:
		if rapid.Bool().Draw(t, "when") {
			from := rapid.Int32Range(19_995, 20_030).Draw(t, "from")
			q.Months = rapid.SliceOfNDistinct(rapid.Int32Range(0, 3), 0, 2, rapid.ID).Draw(t, "months")
			q.Free = &index.Span{From: from, To: from + rapid.Int32Range(0, 10).Draw(t, "long")}
		} else {
			q.Without = rapid.SliceOfN(rapid.Int64Range(0, creators+1), 1, 4).Draw(t, "without")
		}
	}
}

// drawWorld draws an index of some segments, and the rows that are alive.
func drawWorld(t *rapid.T) (*index.Index, []index.Row) {
	creators := rapid.Int64Range(0, 60).Draw(t, "creators")
	alive := map[int64][]index.Row{}
	account := int64(0)
	segment := func(ids []int64) *index.Segment {
		b := index.NewBuilder(weights)
		if rapid.Bool().Draw(t, "grow") {
			b.Grow(len(ids))
		}
		for _, id := range ids {
			delete(alive, id)
			for range rapid.SampledFrom([]int{1, 1, 1, 2, 2, 3}).Draw(t, "accounts") {
				account++
				r := drawRow(t, account, id)
				alive[id] = append(alive[id], r)
				b.Add(r)
			}
		}
		return b.Build()
	}
	var ids []int64
	for id := range creators {
		ids = append(ids, 2*id+1)
	}
	x := index.New(segment(ids))
	for range rapid.IntRange(0, 3).Draw(t, "segments") {
		changed := slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.Int64Range(0, 2*creators+5), 0, 12, rapid.ID).Draw(t, "changed")))
		kept := changed[:len(changed)-len(changed)/3]
		for _, id := range changed {
			delete(alive, id)
		}
		x = x.With(segment(kept), changed)
	}
	var rows []index.Row
	for _, id := range slices.Sorted(func(yield func(int64) bool) {
		for id := range alive {
			if !yield(id) {
				return
			}
		}
	}) {
		rows = append(rows, alive[id]...)
	}
	return x, rows
}

func show(q index.Query) string { return fmt.Sprintf("%+v", q) }
