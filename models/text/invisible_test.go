package text_test

import (
	"testing"

	"pgregory.net/rapid"

	"tribemarket/models/text"
)

// What is invisible stays where it means something, and nowhere else.
func TestInvisibleCharactersStayWhereTheyMeanSomething(t *testing.T) {
	t.Parallel()
	for _, meant := range []string{
		family, wales, wales + "x", "👁️‍🗨️", "❤️‍🔥", "🏳️‍🌈", "🏴‍☠️", "🙂‍↔️", "👩🏽‍🚀", "1️⃣ #️⃣ *️⃣", "☎︎", "‼️", "ℹ️", "™️", "🇧🇪🇳🇱", "→︎",
		"می\u200cخواهم", "ه\u200d", "क\u094d\u200dष", "ന\u0d4d\u200d", "শ\u09cd\u200cক", "ශ\u0dca\u200dර", "שלום\u200e 5", "5\u200f שלום", "نص \u061c1-2",
		"葛\U000e0100城", "辻\ufe00", "≨\ufe00", "ᠠ\u180bᠡ", "\u115f\u1161", "\u0600١", "a\nb", "naïve", "각", "",
	} {
		if got := text.RemoveInvisible(meant); got != meant {
			t.Errorf("%q becomes %q", meant, got)
		}
	}
	for s, want := range map[string]string{
		"Ac\u200dme": "Acme", "Ac\u200cme": "Acme", "Ac\u200eme": "Acme", "Acme\u061c": "Acme", "Ac\ufe0fme": "Acme", "A\U000e0100cme": "Acme", "Acme\U000e0061\U000e007f": "Acme",
		"🏴\U000e0061": "🏴", "🏴\U000e007f": "🏴", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e0068\U000e0069\U000e007f": "🏴", "😀\u200d": "😀", "😀\u200dx": "😀x", "\u200d😀": "😀", "🇧\u200d🇪": "🇧🇪",
		"می\u200c": "می", "می\u200c\u200cخواهم": "می\u200cخواهم", "ש\u200eל": "של", "c\u034fd": "cd", "\ufff9a\ufffab\ufffb": "ab", "a\ufffeb\U0001ffff": "ab", "\u17b4ក": "ក", "5\ufe0f": "5",
		"x\u2066\u202e\u2060\ufeff\u180e\u00ad\u200by": "xy", "\u3164\u115fa\u1160": "a", "e\u200b\u0301": "é", "e\u0301": "é", "\xffa": "a", "a\U000e0001b\U000e0fffc": "abc",
	} {
		if got := text.RemoveInvisible(s); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]string{"Ac\u2800me": "Ac me", "\uffa0Acme\u3164": "Acme", "\u2800\u3164\uffa0": "", "\u115f\u1160\u17b4\u034f\ufe0f": "", "\U000e0061": "", "\u200f\u061c": ""} {
		if got := text.SingleLine(s); got != want {
			t.Errorf("%q is kept as %q, want %q", s, got, want)
		}
	}
}

// However invisible characters stand together, what is kept once is kept again.
func TestRemovingInvisibleCharactersSettles(t *testing.T) {
	t.Parallel()
	pieces := rapid.SampledFrom([]string{
		"a", " ", "\n", "5", "e\u0301", "\u0301", "م", "ש", "क", "\u094d", "辻", "ᠠ", "\u1161", "\u1100", "😀", "🏽", "🏴", "❤", "🇧", "\u20e3", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c",
		"\u202e", "\u2066", "\u2069", "\u00ad", "\ufe00", "\ufe0e", "\ufe0f", "\u180b", "\u180e", "\u115f", "\u1160", "\u3164", "\u034f", "\ufeff", "\U000e0067", "\U000e0062", "\U000e007f", "\U000e0100", "\ufffe", "\xff",
	})
	rapid.Check(t, func(t *rapid.T) {
		var s string
		for _, p := range rapid.SliceOfN(pieces, 0, 12).Draw(t, "pieces") {
			s += p
		}
		for name, normalise := range map[string]func(string) string{"RemoveInvisible": text.RemoveInvisible, "SingleLine": text.SingleLine, "Paragraphs": text.Paragraphs} {
			if once := normalise(s); normalise(once) != once {
				t.Errorf("%s: %q becomes %q, and that %q", name, s, once, normalise(once))
			}
		}
	})
}
