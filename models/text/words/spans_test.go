package words_test

import (
	"strings"
	"testing"

	"tribemarket/models/text/words"
)

func TestWhatWasLookedForIsMarked(t *testing.T) {
	for _, c := range []struct{ text, query, want string }{
		{"Food and seafood", "food", "[Food] and seafood"},
		{"foodie FOODTOK", "food", "[food]ie [FOOD]TOK"},
		{"food", "food drink", "[food]"},
		{"food", "", "food"},
		{"", "food", ""},
		{"Café crème", "cafe creme", "[Café] [crème]"},
		{"Cafe\u0301s", "cafe", "[Cafe\u0301]s"},
		{"Cafe\u0301s", "café", "[Cafe\u0301]s"},
		{"Straße", "strass", "[Straß]e"},
		{"Straße", "stras", "[Straß]e"},
		{"STRASSE", "straß", "[STRASS]E"},
		{"İstanbul ısı", "i", "[İ]stanbul [ı]sı"},
		{"ﬁtness", "f", "[ﬁ]tness"},
		{"ﬁtness", "fit", "[ﬁt]ness"},
		{"Ａｂｃ ⓐ", "ab", "[Ａｂ]ｃ ⓐ"},
		{"🍜ramen👩‍🍳ramen", "ra", "🍜[ra]men👩‍🍳[ra]men"},
		{"vi\u00adral", "vir", "[vi\u00adr]al"},
		{"مُحَمَّد", "محم", "[مُحَمَّ]د"},
		{"محـــمد", "مح", "[محـــ]مد"},
		{"שָׁלוֹם", "של", "[שָׁל]וֹם"},
		{"हिन्दी", "ह", "[हि]न्दी"},
		{"東京の美容師です", "美容師", "東京の[美容師]です"},
		{"東京の美容師です", "美容 です", "東京の[美容]師[です]"},
		{"美容師と美", "美", "[美]容師と[美]"},
		{"ﾋﾞｭｰﾃｨ", "ビュー", "[ﾋﾞｭｰ]ﾃｨ"},
		{"ที่ดี", "ท", "[ที่]ดี"},
		{"lea.cuisine", "lea", "[lea].cuisine"},
		{"lea.cuisine", "cuis", "lea.[cuis]ine"},
		{"lea.cuisine", "leacui", "[lea.cui]sine"},
		{"@lea_la-cuisine ok", "lealacuisine", "@[lea_la-cuisine] ok"},
		{"lea cuisine", "leacuisine", "lea cuisine"},
		{"lea.cuisine, lea/cuisine", "leacuisine", "[lea.cuisine], lea/cuisine"},
		{"½ cup", "12", "½ cup"},
		{"½ cup", "2", "[½] cup"},
		{"ﷺ", "الله", "[ﷺ]"},
		{"food foodtok", "foodtok food", "[food] [foodtok]"},
		{"\xffcafé\xc3", "cafe", "\xff[café]\xc3"},
	} {
		looked := words.Query(c.query)
		checkSpans(t, c.text, looked)
		var b strings.Builder
		at := 0
		for _, s := range words.Spans(c.text, looked) {
			b.WriteString(c.text[at:s.From] + "[" + c.text[s.From:s.To] + "]")
			at = s.To
		}
		b.WriteString(c.text[at:])
		if got := b.String(); got != c.want {
			t.Errorf("%q marks %q, want %q", c.query, got, c.want)
		}
	}
}

// checkSpans says that spans are in order, apart, not empty, and between
// characters.
func checkSpans(t interface{ Errorf(string, ...any) }, text string, looked []string) {
	starts := map[int]bool{len(text): true}
	for i := range text {
		starts[i] = true
	}
	last := -1
	for _, s := range words.Spans(text, looked) {
		if s.From <= last || s.To <= s.From || !starts[s.From] || !starts[s.To] {
			t.Errorf("in %+q the span %v is marked for %+q, behind %d", text, s, looked, last)
		}
		last = s.To
	}
}

func FuzzSpans(f *testing.F) {
	for _, s := range [][2]string{
		{"Café ß İ ﬁ", "cafe"}, {"e\u0301e\u0301", "e"}, {"美容師ビュー", "美容"}, {"مُحَمَّد", "مح"}, {"lea.cuisine_x", "leac"}, {"\xff\xc3a\u0300\xe2\x82", "a"},
		{"👩\u200d🍳a\u200d", "a"}, {"½ ﷺ", "12"}, {"\u1100\u200d\u1161", "가"}, {"ที่ดี", "ที"}, {"a" + strings.Repeat("\u0f73", 20), "a"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, text, query string) {
		checkSpans(t, text, words.Query(query))
		looked := words.Query(text)
		checkSpans(t, text, looked)
		if got := words.Spans(text, looked); (len(got) == 0) != (len(looked) == 0) {
			t.Errorf("in %+q %d spans are marked for %+q", text, len(got), looked)
		}
	})
}
