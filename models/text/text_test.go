package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tribemarket/models/text"
)

const (
	family = "👩🏽‍👩🏽‍👧🏽‍👦🏽" // eleven code points, one character
	wales  = "🏴\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"
)

func TestLineIsOneLineThatShowsWhatItSays(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"  two  words ":            "two words",
		"a\tb\r\nc":                "a b c",
		"a\x00b\x7f":               "a b",
		"e\u0301":                  "é",
		"\xffx\xc3\x28":            "x(",
		"exe\u202egnp.txt":         "exegnp.txt",
		"\u2066a\u2069\ufeff":      "a",
		"a\u200bb\u00adc":          "abc",
		"x\u2028y":                 "x y",
		"\u200d\ufe0f\u200e":       "",
		"\u3164 \u2800":            "",
		"می\u200cخواهم":            "می\u200cخواهم",
		family + " " + wales:       family + " " + wales,
		"שלום\u200e 5":             "שלום\u200e 5",
		"":                         "",
		"\u0915\u094d\u200d\u0937": "\u0915\u094d\u200d\u0937",
	} {
		if got := text.SingleLine(s); got != want {
			t.Errorf("%q is kept as %q, want %q", s, got, want)
		}
	}
}

func TestParagraphsKeepTheirLines(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"one \r\ntwo\rthree\n\n": "one\ntwo\nthree",
		"\n  indented\n\n\tso ":  "indented\n\n so",
		"a  b\u202e\x01c":        "a  b c",
		"\u200d\n\u200e":         "",
	} {
		if got := text.Paragraphs(s); got != want {
			t.Errorf("%q is kept as %q, want %q", s, got, want)
		}
	}
}

func TestLengthCountsCharactersAsPeopleSeeThem(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"": 0, "abc": 3, "é": 1, "e\u0301": 1, family: 1, wales: 1, "🇧🇪🇳🇱": 2, "நி": 1, "각": 1, "a" + family + "b": 3,
		"a" + strings.Repeat("\u0301", 15): 1, "a" + strings.Repeat("\u0301", 16): 2, "a" + strings.Repeat("\u0301", 1599): 100,
	} {
		if got := text.Length(s); got != want {
			t.Errorf("%.40q has %d characters, want %d", s, got, want)
		}
	}
}

func TestCutKeepsCharactersWhole(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s    string
		most int
		want string
	}{
		{"abcdef", 3, "abc"}, {"ab cd", 3, "ab"}, {family + family + "x", 2, family + family}, {"e\u0301e\u0301", 1, "e\u0301"},
		{"abc", 3, "abc"}, {"a" + strings.Repeat("\u0301", 100), 2, ""}, {"", 0, ""}, {"🇧🇪🇳🇱", 1, "🇧🇪"},
	} {
		if got := text.Truncate(c.s, c.most); got != c.want {
			t.Errorf("%.40q cut to %d is %q, want %q", c.s, c.most, got, c.want)
		}
	}
}

// A text that was normalised is not changed again, and a cut one is as short as
// was asked, in characters and in bytes.
func TestNormalisedTextsStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		for name, normalise := range map[string]func(string) string{"Line": text.SingleLine, "Paragraphs": text.Paragraphs, "Fold": text.Fold} {
			once := normalise(s)
			if again := normalise(once); again != once {
				t.Errorf("%s: %q becomes %q, and that %q", name, s, once, again)
			}
		}
		most := rapid.IntRange(0, 20).Draw(t, "most")
		cut := text.Truncate(s, most)
		if text.Length(cut) > most || utf8.RuneCountInString(cut) > 16*most || !strings.HasPrefix(s, cut) {
			t.Errorf("%q cut to %d is %q", s, most, cut)
		}
	})
}
