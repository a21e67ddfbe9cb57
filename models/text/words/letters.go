package words

import "unicode"

// kind is the role of a letter in words.
type kind uint8

const (
	between kind = iota // it separates words
	plain               // part of a word, as written between spaces
	dense               // of a script that writes no spaces
)

// kindOf is the kind of a folded letter. Apostrophes separate words, and so do the
// apostrophes that Unicode classifies as letters (the Uzbek o‘, the Hawaiian ʻokina).
func kindOf(r rune) kind {
	switch {
	case r < 0x80:
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return plain
		}
		return between
	case 0x2b9 <= r && r <= 0x2bf:
		return between
	case !unicode.In(r, unicode.L, unicode.M, unicode.Nl, unicode.Nd):
		return between
	case r >= 0xe00 && unicode.In(r, spaceless...), r == 'ー', r == '〆', r == '〼':
		return dense
	}
	return plain
}

// spaceless are the scripts written without spaces between words.
var spaceless = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
	voiced,
}

// voiced are the marks that turn one kana into another, が from か; Unicode assigns them to
// no script.
var voiced = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x3099, Hi: 0x309a, Stride: 1}}}

// accented are the scripts whose marks the search ignores. Inherited contains the marks
// of no script, accents and variation selectors among them.
var accented = []*unicode.RangeTable{
	unicode.Inherited, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew,
}

// accent says whether r is a mark that the search ignores.
func accent(r rune) bool {
	return r >= 0x300 && unicode.Is(unicode.M, r) && unicode.In(r, accented...) && !unicode.Is(voiced, r)
}

// unseen says whether r is invisible without ending a word: joiners, soft hyphens,
// direction marks, fillers, and the tatweel, which only stretches a word. The zero-width
// space does end one.
func unseen(r rune) bool {
	switch r {
	case 0x0640, 0x07fa, 0x115f, 0x1160, 0x17b4, 0x17b5:
		return true
	case 0x200b:
		return false
	}
	return r >= 0x80 && unicode.Is(unicode.Cf, r)
}

// lower returns the lower-case letter of r, the same for all letters that differ only in
// case: ς and σ, the long and the round s.
func lower(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// digit converts a decimal digit of any script to 0 to 9, and returns any other r
// unchanged. The digits of a script are ten in a row.
func digit(r rune) rune {
	if r < 0x660 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// spelt are the lower-case letters that people also write with plain letters and that
// Unicode does not decompose: with a stroke or hook, ligatures, or small capitals, which
// serve as a typeface in names.
var spelt = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ð': "d", 'đ': "d", 'ø': "o", 'ł': "l", 'ħ': "h", 'ı': "i",
	'ŧ': "t", 'ŋ': "n", 'ĸ': "k", 'ƀ': "b", 'ɓ': "b", 'ƈ': "c", 'ɖ': "d", 'ɗ': "d", 'ƒ': "f", 'ɠ': "g",
	'ǥ': "g", 'ɨ': "i", 'ƙ': "k", 'ƚ': "l", 'ɲ': "n", 'ƥ': "p", 'ɍ': "r", 'ƭ': "t", 'ʉ': "u", 'ƴ': "y",
	'ƶ': "z", 'ə': "e", 'և': "եւ",
	'ᴀ': "a", 'ʙ': "b", 'ᴄ': "c", 'ᴅ': "d", 'ᴇ': "e", 'ꜰ': "f", 'ɢ': "g", 'ʜ': "h", 'ɪ': "i", 'ᴊ': "j",
	'ᴋ': "k", 'ʟ': "l", 'ᴍ': "m", 'ɴ': "n", 'ᴏ': "o", 'ᴘ': "p", 'ʀ': "r", 'ꜱ': "s", 'ᴛ': "t", 'ᴜ': "u",
	'ᴠ': "v", 'ᴡ': "w", 'ʏ': "y", 'ᴢ': "z",
}
