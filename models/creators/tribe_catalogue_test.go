package creators

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func catalogue(t testing.TB) *TribeCatalogue {
	t.Helper()
	c, err := NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var marks = []string{"circle", "bowl", "square", "bars", "triangle", "diamond", "house", "cross", "ring", "wave", "star", "hexagon"}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	if n := len(c.VisibleTribes()); n < 25 {
		t.Errorf("%d tribes", n)
	}
	looks := map[[2]any]string{}
	for _, tr := range c.VisibleTribes() {
		if tr.Slug != strings.ToLower(tr.Display) || !strings.HasSuffix(tr.Slug, "tok") {
			t.Errorf("%s is displayed as %s", tr.Slug, tr.Display)
		}
		if !slices.Contains(marks, tr.Mark) || tr.Hue < 0 || tr.Hue > 35 {
			t.Errorf("%s: mark %q, hue %d", tr.Slug, tr.Mark, tr.Hue)
		}
		look := [2]any{tr.Mark, tr.Hue}
		if other, taken := looks[look]; taken {
			t.Errorf("%s and %s look the same", tr.Slug, other)
		}
		looks[look] = tr.Slug
		for _, l := range []string{"en", "fr", "nl"} {
			if tr.Names[l] == "" || tr.Descriptions[l] == "" || strings.ContainsAny(tr.Descriptions[l], "!'\"") {
				t.Errorf("%s lacks a well-set text in %s: %q, %q", tr.Slug, l, tr.Names[l], tr.Descriptions[l])
			}
		}
		if len(tr.Names) != 3 || len(tr.Descriptions) != 3 || len(tr.Categories) == 0 && tr.Slug != "reacttok" {
			t.Errorf("%s has too much or too little", tr.Slug)
		}
		if got, ok := c.TribeByHashtag(tr.Slug); !ok || got.Slug != tr.Slug {
			t.Errorf("#%s speaks for %q", tr.Slug, got.Slug)
		}
	}
	for _, tag := range []string{"fyp", "foryou", "foryoupage", "viral", "tiktok", "parati", "trending", "xyzbca", "ad", "love"} {
		if tr, ok := c.TribeByHashtag(tag); ok {
			t.Errorf("#%s says nothing, and yet it speaks for %s", tag, tr.Slug)
		}
	}
	for category, want := range map[string]string{
		"Sports, Fitness & Outdoors": "outdoortok", " Food & Drinks ": "foodtok", "Video games": "gametok", "BEAUTY": "beautytok",
	} {
		if tr, ok := c.TribeByCategory(category); !ok || tr.Slug != want {
			t.Errorf("category %q is %q, want %s", category, tr.Slug, want)
		}
	}
	if _, ok := c.TribeByCategory("none"); ok {
		t.Error("the category none has a tribe")
	}
}

func TestCatalogueIsChecked(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		`[{"slug":"a","hashtags":["x"]},{"slug":"b","hashtags":["x"]}]`,
		`[{"slug":"a","hashtags":["Xx"]}]`,
		`[{"slug":"a","categories":[""]}]`,
		`[{"slug":"a"},{"slug":"a"}]`,
		`{`,
	} {
		if _, err := parseCatalogue([]byte(bad)); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

func TestDerive(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	times := func(n int, tags ...string) [][]string { return slices.Repeat([][]string{tags}, n) }
	for name, tc := range map[string]struct {
		posts [][]string
		want  []string
	}{
		"no posts":                 {nil, nil},
		"one post is too little":   {times(1, "makeup"), nil},
		"two posts are enough":     {times(2, "makeup"), []string{"beautytok"}},
		"two tags of one post":     {times(1, "makeup", "lipstick"), nil},
		"two of forty are enough":  {append(times(2, "makeup"), times(38)...), []string{"beautytok"}},
		"two of forty-one are not": {append(times(2, "makeup"), times(39)...), nil},
		"older posts don't count":  {append(times(60, "fyp"), times(60, "makeup")...), nil},
		"the most first, of four three": {
			slices.Concat(times(2, "makeup"), times(3, "recipe"), times(4, "料理", "dog"), times(2, "anime")),
			[]string{"foodtok", "pettok", "beautytok"},
		},
	} {
		if got := c.DeriveTribes(tc.posts); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

// Tags that mean nothing, and the order of tags, change nothing.
func TestDeriveProperties(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	var known []string
	for _, tr := range c.VisibleTribes()[:8] {
		known = append(known, tr.Hashtags[:3]...)
	}
	tags := rapid.SliceOfN(rapid.SampledFrom(append(known, "fyp", "x1")), 0, 5)
	rapid.Check(t, func(t *rapid.T) {
		posts := rapid.SliceOfN(tags, 0, 80).Draw(t, "posts")
		want := c.DeriveTribes(posts)
		if len(want) > maxDerivedTribes {
			t.Fatalf("%d tribes", len(want))
		}
		other := make([][]string, len(posts))
		for i, p := range posts {
			other[i] = append([]string{"nothing"}, p...)
			slices.Reverse(other[i])
		}
		if got := c.DeriveTribes(other); !slices.Equal(got, want) {
			t.Fatalf("%v, then %v", want, got)
		}
	})
}
