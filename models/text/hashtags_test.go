package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHashtags(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"pasta tonight #FoodTok #recette", []string{"foodtok", "recette"}},
		{"#one#two#three", []string{"one", "two", "three"}},
		{"same #BookTok and #booktok", []string{"booktok"}},
		{"＃ｆｕｌｌｗｉｄｔｈ", []string{"fullwidth"}},
		{"#料理 #وصفات #кухня #ครัว #रसोई", []string{"料理", "وصفات", "кухня", "ครัว", "रसोई"}},
		{"#می\u200cخواهم", []string{"می\u200cخواهم"}},
		{"decomposed #cafe\u0301", []string{"caf\u00e9"}},
		{"#snake_case! #a-b", []string{"snake_case", "a"}},
		{"#1 #2026 #_ # ## #!", nil},
		{"#100days", []string{"100days"}},
		{"C#sharp and https://example.test/#top &#39; ?a=#b", nil},
		{"##double", nil},
		{"(#inside) «#quoted»,#comma", []string{"inside", "quoted", "comma"}},
		{"#tag\u200d🍝", []string{"tag"}},
		{"#" + strings.Repeat("x", 101), nil},
		{"bad \xff#bytes\xfe", []string{"bytes"}},
	} {
		if got := FindHashtags(c.text); !slices.Equal(got, c.want) {
			t.Errorf("Hashtags(%q) = %q, want %q", c.text, got, c.want)
		}
	}
	if got := FindHashtags("#one #two", "#two #three"); !slices.Equal(got, []string{"one", "two", "three"}) {
		t.Errorf("of two texts: %q", got)
	}
}

func FuzzHashtags(f *testing.F) {
	for _, s := range []string{"#foodtok #FoodTok", "#a#b", "＃全角", "#İstanbul", "#ﷺ", "#\u200d", "x\xff#y", "#ǅ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tags := FindHashtags(text)
		for i, tag := range tags {
			if !utf8.ValidString(tag) || tag == "" || strings.ContainsAny(tag, "# \n\t") {
				t.Fatalf("%q gave %q", text, tag)
			}
			if slices.Contains(tags[:i], tag) {
				t.Fatalf("%q gave %q twice", text, tag)
			}
			if again := FindHashtags("#" + tag); !slices.Equal(again, []string{tag}) {
				t.Fatalf("%q gave %q, which reads as %q", text, tag, again)
			}
		}
	})
}
