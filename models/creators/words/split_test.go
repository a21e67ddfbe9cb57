package words_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
	"tribemarket/models/creators/words"
)

func TestSplitFoldsEveryScript(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{" .#@_-! ", ""},
		{"Léa Noël-Brûlée", "lea noel brulee"},
		{"LE\u0301A", "lea"},
		{"Straße STRASSE ẞ", "strasse strasse ss"},
		{"Øyvind Łukasz Đorđe", "oyvind lukasz dorde"},
		{"Æsir Œuvre Þór ĦĿ ŋ", "aesir oeuvre thor hl n"},
		{"İSTANBUL ısı I i", "istanbul isi i i"},
		{"ﬁt ﬀ ĳ Ǆ ŉ", "fit ff ij dz n"},
		{"𝓵𝓮𝓪 ＬＥＡ ⓛⓔⓐ ʟᴇᴀ", "lea lea lea lea"},
		{"x² № ½ Ⅳ", "x2 no 1 2 iv"},
		{"v\u00adi\u200dr\u2060a\ufe0fl", "viral"},
		{"can't l'oréal oʻzbek", "can t l oreal o zbek"},
		{"#food_tok @lea.cuisine", "food tok lea cuisine"},
		{"a|b%c\\d", "a b c d"},
		{"🍜ramen🍜tok 👩‍🍳 1️⃣", "ramen tok 1"},
		{"Ὀδυσσεύς ΟΔΥΣΣΕΥΣ ᾳ ΐ", "οδυσσευσ οδυσσευσ α ι"},
		{"Ёлка ЙОД їжа", "елка иод іжа"},
		{"مُحَمَّد محـــمد آأإ ٣٤", "محمد محمد ااا 34"},
		{"می\u200cخواهم", "میخواهم"},
		{"שָׁלוֹם שלום", "שלום שלום"},
		{"हिन्दी क़लम ३", "हिन्दी क\u093cलम 3"},
		{"தமிழ் বাংলা", "தமிழ் বাংলা"},
		{"Հայ և ԵՒ", "հայ եւ եւ"},
		{"ᲗᲑ თბ", "თბ თბ"},
		{"한국 \u1112\u1161\u11ab", "한국 한"},
		{"\u1100\u200d\u1161", "가"},
		{"美", "美"},
		{"美容師", "美容 容師 師"},
		{"美容 師", "美容 容 師"},
		{"食food東京", "食 food 東京 京"},
		{"ﾋﾞｭｰﾃｨ", "ビュ ュー ーテ ティ ィ"},
		{"か\u3099 が", "が が"},
		{"時々", "時々 々"},
		{"\u0e17\u0e35\u0e48\u0e14\u0e35", "\u0e17\u0e35\u0e48\u0e14\u0e35 \u0e14\u0e35"},
		{"ກິນ", "ກິນ ນ"},
		{"ខ្មែរ", "ខ្មែ មែរ រ"},
		{"\xff\xfelea\xc3", "lea"},
	} {
		if got := strings.Join(words.Split(c.text), " "); got != c.want {
			t.Errorf("%q (%+q) splits to %q (%+q), want %q", c.text, c.text, got, got, c.want)
		}
	}
}

var _ = slices.Equal[[]string]
var _ = unicode.M
var _ rapid.Generator[int]
