package index_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"

	"tribemarket/models/search/index"
)

func ptr(v int64) *int64 { return &v }

func TestEdges(t *testing.T) {
	all := index.Query{Facets: index.AllFacets, Size: 3, Weights: weights, Sort: index.ByFollowers, Posted: []int64{0}}
	rich := func(creator int64) index.Row {
		r := blank(creator)
		for f := range index.ValueFacets {
			r.Values[f] = []string{"same"}
		}
		for f := range index.RangeFacets {
			r.Figures[f] = 0
		}
		r.Known, r.Text = "d", "same |"
		return r
	}
	tests := []struct {
		name  string
		rows  []index.Row
		query func(*index.Query)
		total int64
		first []int64 // creators
		more  bool
	}{
		{"nobody is there", nil, func(*index.Query) {}, 0, nil, false},
		{"nobody is there to be filtered", nil, func(q *index.Query) {
			q.Values[index.Tribe].Values, q.Ranges[index.Followers].Min, q.Words = []string{"a"}, ptr(1), []string{"a"}
		}, 0, nil, false},
		{"nothing is known of anybody", []index.Row{blank(1), blank(2)}, func(*index.Query) {}, 2, []int64{1, 2}, false},
		{"without figures descending is by creator too", []index.Row{blank(1), blank(2)}, func(q *index.Query) { q.Descending = true }, 2, []int64{2, 1}, false},
		{"an unknown figure is in no range", []index.Row{blank(1), rich(2)}, func(q *index.Query) { q.Ranges[index.MeanViews].Max = ptr(10) }, 1, []int64{2}, false},
		{"the lowest bound of all", []index.Row{blank(1), rich(2)}, func(q *index.Query) { q.Ranges[index.Growth90].Min = ptr(-1 << 63) }, 1, []int64{2}, false},
		{"an impossible range", []index.Row{rich(2)}, func(q *index.Query) { q.Ranges[index.Posts30] = index.Range{Min: ptr(5), Max: ptr(4)} }, 0, nil, false},
		{"one value for all", []index.Row{rich(1), rich(2), rich(3), rich(4)}, func(q *index.Query) { q.Values[index.Country].Values = []string{"same"} }, 4, []int64{1, 2, 3}, true},
		{"a value of nobody", []index.Row{rich(1)}, func(q *index.Query) { q.Values[index.Country].Values = []string{"other"} }, 0, nil, false},
		{"all of two values, one of nobody", []index.Row{rich(1)}, func(q *index.Query) {
			q.Values[index.Tribe] = index.Choice{Values: []string{"same", "other"}, All: true}
		}, 0, nil, false},
		{"no page is asked for", []index.Row{rich(1)}, func(q *index.Query) { q.Size = 0 }, 1, nil, false},
		{"everybody is left out", []index.Row{rich(1)}, func(q *index.Query) { q.Without = []int64{1, 1, 7} }, 0, nil, false},
		{"a figure beyond four bytes", []index.Row{func() index.Row { r := rich(1); r.Figures[index.Followers] = 1 << 40; return r }(), blank(2), rich(3)}, func(q *index.Query) { q.Descending = true }, 3, []int64{1, 3, 2}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := all
			test.query(&q)
			a := index.New(segment(test.rows...)).Search(q)
			var first []int64
			for _, h := range a.Hits {
				first = append(first, h.Creator)
			}
			if a.Total != test.total || !reflect.DeepEqual(first, test.first) || a.More != test.more || a.Less {
				t.Errorf("%d: %v, more %v, less %v; want %d: %v, more %v", a.Total, first, a.More, a.Less, test.total, test.first, test.more)
			}
		})
	}
}

func TestTypingErrorsAreForgivenOnlyWhereNobodyHasTheWord(t *testing.T) {
	texts := []string{"bakery |", "| bakers", "brewery |"}
	var rows []index.Row
	for i, text := range texts {
		r := blank(int64(i + 1))
		r.Text = text
		rows = append(rows, r)
	}
	x := index.New(segment(rows[:2]...)).With(segment(rows[2]), []int64{3})
	for word, want := range map[string]struct {
		total     int64
		corrected []string
	}{
		"bak": {2, nil}, "bakery": {1, nil}, "bakrey": {1, []string{"bakery"}}, "brewyer": {1, []string{"brewery"}}, "zzzzz": {0, nil},
	} {
		a := x.Search(index.Query{Words: []string{word}})
		if a.Total != want.total || !reflect.DeepEqual(a.Corrected[word], want.corrected) {
			t.Errorf("%s: %d, %v; want %d, %v", word, a.Total, a.Corrected, want.total, want.corrected)
		}
	}
}

// Words that somebody has each, and nobody together, are looked for with their similar
// words too.
func TestTypingErrorsAreForgivenWhereNobodyHasTheWordsTogether(t *testing.T) {
	texts := []string{"fenna tavmond |", "fenari otter |", "tavmondo baker | fenn", "ilan | tavmond"}
	var rows []index.Row
	for i, text := range texts {
		r := blank(int64(i + 1))
		r.Text = text
		rows = append(rows, r)
	}
	x := index.New(segment(rows[:2]...)).With(segment(rows[2:]...), []int64{3, 4})
	for _, test := range []struct {
		words     []string
		total     int64
		corrected map[string][]string
	}{
		{[]string{"fena", "tavmond"}, 2, map[string][]string{"fena": {"fenn", "fenna"}}},
		{[]string{"fenna", "tavmond"}, 1, nil},
		{[]string{"fena", "tavmont"}, 2, map[string][]string{"fena": {"fenn", "fenna"}, "tavmont": {"tavmond", "tavmondo"}}},
		{[]string{"fena", "otter"}, 1, nil},
	} {
		if a := x.Search(index.Query{Words: test.words}); a.Total != test.total || !reflect.DeepEqual(a.Corrected, test.corrected) {
			t.Errorf("%q: %d, %v; want %d, %v", test.words, a.Total, a.Corrected, test.total, test.corrected)
		}
	}
}

func TestSegmentsSayWhenToMerge(t *testing.T) {
	x := index.New(segment(blank(1), blank(2), blank(3))).With(segment(blank(2), blank(4)), []int64{2, 3, 4})
	want := []index.SegmentInfo{{Rows: 3, Dead: 2}, {Rows: 2, Creators: []int64{2, 4}}}
	if got := x.Segments(); !reflect.DeepEqual(got, want) || x.Rows() != 3 || x.Creators() != 3 {
		t.Errorf("%+v, %d rows, %d creators", got, x.Rows(), x.Creators())
	}
	x = x.With(segment(blank(2)), []int64{2, 4})
	want = []index.SegmentInfo{{Rows: 3, Dead: 2}, {Rows: 1, Creators: []int64{2}}}
	if got := x.Segments(); !reflect.DeepEqual(got, want) {
		t.Errorf("a segment without living rows stays: %+v", got)
	}
	if x.Bytes() <= 0 {
		t.Error("an index takes memory")
	}
}

func TestRowsComeInOrder(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a creator before the one added last was taken")
		}
	}()
	b := index.NewBuilder(weights)
	b.Add(blank(2))
	b.Add(blank(1))
}

// TestManyReadAtOnce: what searches share, they return clean.
func TestManyReadAtOnce(t *testing.T) {
	var rows []index.Row
	for i := range int64(500) {
		r := account(i/2, "abc"[i%3:], "ddd"[i%3:], i*1000)
		r.Account = i
		rows = append(rows, r)
	}
	x := index.New(segment(rows...))
	query := func(i int) index.Query {
		q := index.Query{Facets: index.AllFacets, Size: 5, Weights: weights, Sort: index.Sort(i % 4)}
		q.Values[index.Tribe].Values = []string{string("abc"[i%3])}
		q.Ranges[index.Followers].Min = ptr(int64(i) * 7000)
		return q
	}
	var want []index.Answer
	for i := range 20 {
		want = append(want, x.Search(query(i)))
	}
	var all sync.WaitGroup
	wrong := make(chan string, 8)
	for worker := range 8 {
		all.Go(func() {
			for i := range 200 {
				at := (i + worker) % 20
				if got := x.Search(query(at)); !reflect.DeepEqual(got, want[at]) {
					wrong <- fmt.Sprintf("query %d: %+v, want %+v", at, got, want[at])
					return
				}
			}
		})
	}
	all.Wait()
	close(wrong)
	for w := range wrong {
		t.Error(w)
	}
}

// The first page of an order by relevance doesn't look at all hits where tribes
// lift some of them, and is the one that looking at all of them gives.
func TestTheFirstPageByRelevanceIsTheBest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	var rows []index.Row
	for i := range int64(6000) {
		row := blank(1 + i*2/3) // every other one has two
		row.Account, row.Known = i+1, "v"
		if r.IntN(20) == 0 { // too few for a page among those who come first otherwise
			row.Known = "d"
		}
		row.Values[index.Tribe] = []string{[]string{"food", "book", "art"}[r.IntN(3)]}
		for p := range row.Parts {
			row.Parts[p] = int16(r.IntN(1001))
		}
		rows = append(rows, row)
	}
	x := index.New(segment(rows...))
	for _, tribes := range [][]string{{"food"}, {"food", "art"}, {"food", "art", "book"}} {
		for _, size := range []int{1, 24, 60} {
			q := index.Query{Size: size, Sort: index.ByRelevance, Descending: true, Weights: weights}
			q.Values[index.Tribe].Values = tribes
			first := x.Search(q)
			q.After = &index.Place{Value: math.MaxInt64, Creator: math.MaxInt64}
			if all := x.Search(q); len(first.Hits) != size || !reflect.DeepEqual(first.Hits, all.Hits) || first.More != all.More {
				t.Errorf("of %v the first %d are\n%+v, of all\n%+v", tribes, size, first.Hits, all.Hits)
			}
		}
	}
}
