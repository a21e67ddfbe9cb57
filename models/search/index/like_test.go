package index_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models/search/index"
)

func account(creator int64, tribes, known string, followers int64, hashtags ...string) index.Row {
	r := blank(creator)
	for _, t := range tribes {
		r.Values[index.Tribe] = append(r.Values[index.Tribe], string(t))
	}
	r.Known, r.Hashtags = known, hashtags
	r.Figures[index.Followers] = followers
	r.Values[index.Language], r.Values[index.Country] = []string{"fr"}, []string{"FR"}
	return r
}

func blank(creator int64) index.Row {
	r := index.Row{Account: creator * 10, Creator: creator}
	for f := range r.Figures {
		r.Figures[f] = index.Null
	}
	return r
}

func segment(rows ...index.Row) *index.Segment {
	b := index.NewBuilder(weights)
	for _, r := range rows {
		b.Add(r)
	}
	return b.Build()
}

func TestLikeSaysInWhatTwoAreAlike(t *testing.T) {
	model := account(1, "bf", "dd", 10_000, "cake", "bread", "oven")
	twin := account(2, "bf", "dd", 10_000, "oven", "cake", "bread")
	derived := account(3, "bf", "d", 1_000_000, "cake", "tea")
	tagged := account(4, "x", "d", 20_000, "bread")
	abroad := account(5, "b", "d", index.Null)
	abroad.Values[index.Country], abroad.Values[index.Language] = []string{"NL"}, []string{"fr", "nl"}
	stranger := account(6, "x", "d", 10_000, "yoga")
	model.Audience = []index.Share{{index.AudienceGender, "f", 700_000}, {index.AudienceGender, "m", 300_000}}
	derived.Audience = []index.Share{{index.AudienceGender, "f", 200_000}, {index.AudienceGender, "m", 800_000}, {index.AudienceAge, "18-24", 500_000}}
	x := index.New(segment(model, twin, derived, tagged, abroad, stranger))

	want := []index.Alike{
		{Account: 20, Creator: 2, Likeness: [index.Likenesses]int16{1000, 1000, 1000, 0, 1000}, Tribes: []string{"b", "f"}, Hashtags: []string{"bread", "cake", "oven"}},
		{Account: 30, Creator: 3, Likeness: [index.Likenesses]int16{800, 500, 0, 500, 1000}, Tribes: []string{"b", "f"}, Hashtags: []string{"cake"}},
		{Account: 40, Creator: 4, Likeness: [index.Likenesses]int16{0, 1000, 848, 0, 1000}, Hashtags: []string{"bread"}},
		{Account: 50, Creator: 5, Likeness: [index.Likenesses]int16{500, 0, 0, 0, 500}, Tribes: []string{"b"}},
	}
	for i, weighted := range []int32{1000, (35*800 + 25*500 + 15*500 + 10*1000) / 100, (25*1000 + 15*848 + 10*1000) / 85, (35*500 + 10*500) / 85} {
		want[i].Score = weighted
	}
	got := x.Like(1, nil, 10)
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("\n got %+v\nwant %+v", got, want)
		}
	}
	if left := x.Like(1, []int64{2, 4}, 1); len(left) != 1 || left[0].Creator != 3 {
		t.Errorf("without 2 and 4, the first is %+v", left)
	}
	if none := x.Like(99, nil, 10); none != nil {
		t.Errorf("nobody is like %+v", none)
	}
}

// TestMergingChangesNothing: an index of several segments answers as one of a
// single segment with the same rows does.
func TestMergingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, rows := drawWorld(t)
		y := index.New(segment(rows...))
		for range 3 {
			if q := drawQuery(t, 130); !reflect.DeepEqual(x.Search(q), y.Search(q)) {
				t.Fatalf("\n got %+v\nwant %+v\n%s", x.Search(q), y.Search(q), show(q))
			}
			creator := rapid.Int64Range(0, 130).Draw(t, "creator")
			without := []int64{rapid.Int64Range(0, 130).Draw(t, "without")}
			n := rapid.IntRange(1, 5).Draw(t, "n")
			got, want := x.Like(creator, without, n), y.Like(creator, without, n)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("\n got %+v\nwant %+v", got, want)
			}
			all := y.Like(creator, without, 1000)
			if !reflect.DeepEqual(want, all[:min(n, len(all))]) && len(all) > 0 {
				t.Fatalf("the first of all %+v, of %d %+v", all, n, want)
			}
			if slices.ContainsFunc(all, func(a index.Alike) bool { return a.Creator == creator || a.Creator == without[0] }) {
				t.Fatalf("%+v are like %d, without %d", all, creator, without[0])
			}
		}
	})
}
