package index_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models/search/index"
)

// TestSearchAgreesWithPlainLoops: totals, every facet and every order, over
// segments with dead rows and creators of several accounts.
func TestSearchAgreesWithPlainLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, rows := drawWorld(t)
		n := &naive{rows: rows}
		if x.Rows() != len(rows) {
			t.Fatalf("%d rows, want %d", x.Rows(), len(rows))
		}
		creators := map[int64]bool{}
		for _, r := range rows {
			creators[r.Creator] = true
		}
		if x.Creators() != len(creators) {
			t.Fatalf("%d creators, want %d", x.Creators(), len(creators))
		}
		for range 5 {
			agree(t, x, n, drawQuery(t, 130))
		}
	})
}

// TestLargeSegmentsAgreeWithPlainLoops: the same facets where values are counted
// by their rows, which are many or few, and creators have up to 70 rows.
func TestLargeSegmentsAgreeWithPlainLoops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var some []index.Row
		for creator := range int64(20) {
			for range rapid.SampledFrom([]int{1, 1, 1, 2, 2, 3, 5}).Draw(t, "accounts") {
				some = append(some, drawRow(t, 0, creator))
			}
		}
		var rows []index.Row
		for again := range int64(rapid.IntRange(2, 100).Draw(t, "times")) {
			for _, r := range some {
				r.Account, r.Creator = int64(len(rows)+1), r.Creator+100*again
				rows = append(rows, r)
			}
		}
		last := rows[len(rows)-1].Creator + 1
		for range 70 {
			r := some[len(rows)%len(some)]
			r.Account, r.Creator = int64(len(rows)+1), last
			r.Values[index.Country], r.Values[index.Language] = []string{"rare"}, []string{"a", "rare"}
			rows = append(rows, r)
		}
		b := index.NewBuilder(weights)
		for _, r := range rows {
			b.Add(r)
		}
		gone := rows[rapid.IntRange(0, len(rows)-71).Draw(t, "gone")].Creator
		x := index.New(b.Build()).With(index.NewBuilder(weights).Build(), []int64{gone})
		rows = slices.DeleteFunc(rows, func(r index.Row) bool { return r.Creator == gone })
		n := &naive{rows: rows}
		for range 3 {
			q := drawQuery(t, last)
			agreeOnFacets(t, x.Search(q), n, q)
		}
	})
}

func agree(t *rapid.T, x *index.Index, n *naive, q index.Query) {
	a := x.Search(q)
	agreeOnFacets(t, a, n, q)
	agreeOnSomeFacets(t, x, a, q)
	hits := n.hits(&q)

	// Forward through all pages, then back from the last.
	q.Facets = 0
	var all []index.Hit
	for {
		same(t, q, "less", len(all), a.Less, len(all) > 0)
		all = append(all, a.Hits...)
		same(t, q, "more", len(all), a.More, len(all) < len(hits))
		if !a.More || len(a.Hits) == 0 {
			break
		}
		last := all[len(all)-1].Place
		q.After = &last
		a = x.Search(q)
	}
	same(t, q, "hits", 0, all, hits)
	for at := len(hits); at > 0; {
		first := index.Place{Null: true, Creator: 1 << 40}
		if q.Descending {
			first.Creator = -1
		}
		if at < len(hits) {
			first = hits[at].Place
		}
		q.After, q.Before = nil, &first
		a = x.Search(q)
		from := max(0, at-q.Size)
		same(t, q, "hits before", at, a.Hits, hits[from:at])
		same(t, q, "less before", at, a.Less, from > 0)
		same(t, q, "more before", at, a.More, at < len(hits))
		at = from
	}
	q.Before = nil
	for range 3 {
		p := index.Place{Value: rapid.SampledFrom([]int64{-1, 0, 10_000, 50_000, 1 << 41}).Draw(t, "value"), Null: rapid.Bool().Draw(t, "null"), Creator: rapid.Int64Range(0, 130).Draw(t, "creator")}
		if p.Null {
			p.Value = 0
		}
		q.After = &p
		anywhere(t, x, q, hits)
	}
}

// agreeOnSomeFacets checks that a query that counts some facets counts them as one that
// counts all.
func agreeOnSomeFacets(t *rapid.T, x *index.Index, all index.Answer, q index.Query) {
	q.Facets = index.FacetSet(rapid.Uint32Range(1, uint32(index.AllFacets)).Draw(t, "facets"))
	some := x.Search(q)
	same(t, q, "total", 0, some.Total, all.Total)
	for f := range index.ValueFacets {
		if q.Facets&f.Set() != 0 {
			same(t, q, "some values", f, some.Values[f], all.Values[f])
		}
	}
	for f := range index.RangeFacets {
		if q.Facets&f.Set() != 0 {
			same(t, q, "some bands", f, some.Bands[f], all.Bands[f])
		}
	}
	if q.Facets&index.LastPosted.Set() != 0 {
		same(t, q, "posted", 0, some.Posted, all.Posted)
	}
	for f := range index.ShareFacets {
		if q.Facets&f.Set() != 0 {
			same(t, q, "some shares", f, some.Shares[f], all.Shares[f])
		}
	}
}

func agreeOnFacets(t *rapid.T, a index.Answer, n *naive, q index.Query) {
	n.corrected = a.Corrected
	if hits := n.hits(&q); a.Total != int64(len(hits)) {
		t.Fatalf("total %d, want %d: %s", a.Total, len(hits), show(q))
	}
	for f := range index.ValueFacets {
		same(t, q, "values", f, a.Values[f], n.values(&q, f))
	}
	for f := range index.RangeFacets {
		same(t, q, "bands", f, a.Bands[f], n.bands(&q, f))
	}
	for f := range index.ShareFacets {
		same(t, q, "shares", f, a.Shares[f], n.shares(&q, f))
	}
	same(t, q, "posted", 0, a.Posted, n.posted(&q))
}

// anywhere asks for the page after a place where nobody needs to stand.
func anywhere(t *rapid.T, x *index.Index, q index.Query, hits []index.Hit) {
	a, from := x.Search(q), 0
	for from < len(hits) && compare(hits[from].Place, *q.After, q.Descending) <= 0 {
		from++
	}
	to := min(len(hits), from+q.Size)
	same(t, q, "hits after", from, a.Hits, hits[from:to])
	same(t, q, "less after", from, a.Less, from > 0)
	same(t, q, "more after", from, a.More, to < len(hits))
}

func same[K any](t *rapid.T, q index.Query, what string, which K, got, want any) {
	t.Helper()
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	if g.Kind() == reflect.Slice && g.Len() == 0 && w.Len() == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s %v\n got %v\nwant %v\n%s", what, which, got, want, show(q))
	}
}
