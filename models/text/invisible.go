package text

import (
	"strings"
	"unicode"
)

// hidden are characters that are invisible and change how the following text is read:
// bidirectional embeddings, overrides and isolates, zero-width spaces and other format
// controls. Joiners, direction marks, variation selectors and flag tags are kept: scripts
// and emoji need them.
var hidden = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00ad, Hi: 0x00ad, Stride: 1}, // soft hyphen
		{Lo: 0x180e, Hi: 0x180e, Stride: 1}, // Mongolian vowel separator
		{Lo: 0x200b, Hi: 0x200b, Stride: 1}, // space without width
		{Lo: 0x202a, Hi: 0x202e, Stride: 1}, // embeddings and overrides
		{Lo: 0x2060, Hi: 0x206f, Stride: 1}, // word joiner, isolates, deprecated controls
		{Lo: 0xfeff, Hi: 0xfeff, Stride: 1}, // byte order mark
		{Lo: 0xfff9, Hi: 0xfffb, Stride: 1}, // annotations
	},
	R32:         []unicode.Range32{{Lo: 0xe0001, Hi: 0xe0001, Stride: 1}}, // language tag
	LatinOffset: 1,
}

// blank are characters that count as letters or symbols but are invisible.
const blank = "\u115f\u1160\u2800\u3164\uffa0"

// visible returns the text, or "" if none of its characters is visible.
func visible(s string) string {
	if strings.ContainsFunc(s, shows) {
		return s
	}
	return ""
}

// shows says whether the character is visible by itself.
func shows(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune(blank, r)
}
