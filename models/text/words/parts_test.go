package words_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models/text/words"
)

// Characters of one script each, whole ones with their marks, so that what is
// typed of a word may end behind any of them.
var (
	spaced = [][]string{
		{"l", "é", "e\u0301", "A", "ß", "ﬁ", "İ", "ø", "æ", "7", "Ⅳ", "𝓵", "ʟ", "n\u00ad"},
		{"ς", "Σ", "ΐ", "ό", "ᾳ"},
		{"ё", "Ж", "и", "й", "ї"},
		{"م", "مُ", "مـ", "آ", "٣"},
		{"ש", "שָׁ", "ם"},
		{"हि", "न्", "दी", "क़", "३"},
		{"한", "\u1112\u1161\u11ab", "국", "ㅋ"},
	}
	run = [][]string{
		{"美", "容", "師", "々", "〇", "㍿"},
		{"か", "が", "か\u3099", "ー", "ﾋﾞ", "ｶ"},
		{"ที่", "ดี", "ก", "เ", "กำ"},
		{"ກິ", "ນ"},
		{"ខ្", "មែ", "រ"},
		{"မြ", "န်", "မာ"},
	}
	apart = []string{" ", "\n", ".", "_", "-", " #", " @", "/", "🍜", "|", "%", "，", "\u200b", "'"}
)

// Whatever is typed of a text is found in it: the beginning of a word, any part
// of a run in a script without spaces, and several of these at once.
func TestWhatIsTypedOfATextIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		var typed []string
		for range rapid.IntRange(1, 6).Draw(t, "words") {
			scripts, whole := spaced, rapid.Bool().Draw(t, "without spaces")
			if whole {
				scripts = run
			}
			script := rapid.SampledFrom(scripts).Draw(t, "script")
			word := rapid.SliceOfN(rapid.SampledFrom(script), 1, 8).Draw(t, "word")
			text.WriteString(strings.Join(word, "") + rapid.SampledFrom(apart).Draw(t, "apart"))
			from := 0
			if whole {
				from = rapid.IntRange(0, len(word)-1).Draw(t, "from")
			}
			to := rapid.IntRange(from+1, len(word)).Draw(t, "to")
			typed = append(typed, strings.Join(word[from:to], ""))
		}
		kept := words.Text([]string{text.String()}, nil)
		for _, part := range typed {
			looked := words.Query(part)
			if len(looked) == 0 || !fits(kept, looked) {
				t.Errorf("of %q, kept as %q, %q is not found by %q", text.String(), kept, part, looked)
			}
			checkSpans(t, text.String(), looked)
			if len(words.Spans(text.String(), looked)) == 0 {
				t.Errorf("in %q nothing is marked for %q", text.String(), looked)
			}
		}
		if all := strings.Join(typed, " "); !fits(kept, words.Query(all)) {
			t.Errorf("of %q, kept as %q, %q is not found", text.String(), kept, all)
		}
	})
}

// Words split, kept and looked for again are the same words. A pair stands for
// a part of a run, and alone would be split once more, so that holds for the
// scripts with spaces.
func TestWordsOfWordsAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			var b strings.Builder
			for range rapid.IntRange(0, 8).Draw(t, "words") {
				script := rapid.SampledFrom(spaced).Draw(t, "script")
				b.WriteString(strings.Join(rapid.SliceOfN(rapid.SampledFrom(script), 1, 5).Draw(t, "word"), ""))
				b.WriteString(rapid.SampledFrom(apart).Draw(t, "apart"))
			}
			return b.String()
		})
		names, rest := text.Draw(t, "names"), text.Draw(t, "rest")
		once := words.Split(names)
		if again := words.Split(strings.Join(once, " ")); !slices.Equal(again, once) {
			t.Errorf("%q splits to %q, and that to %q", names, once, again)
		}
		kept := words.Text([]string{names}, []string{rest})
		a, b, _ := strings.Cut(kept, "|")
		if again := words.Text([]string{a}, []string{b}); again != kept {
			t.Errorf("%q is kept as %q", kept, again)
		}
		looked := words.Query(rest)
		if again := words.Query(strings.Join(looked, " ")); !slices.Equal(again, looked) {
			t.Errorf("%q looks for %q, and that for %q", rest, looked, again)
		}
	})
}
