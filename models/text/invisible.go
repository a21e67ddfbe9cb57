package text

import (
	"strings"
	"unicode"
)

// hidden are characters that show nothing and change how what follows is read:
// bidirectional embeddings, overrides and isolates, spaces without width and
// other format controls. Joiners, direction marks, variation selectors and the
// tags of flags stay: scripts and emoji are written with them.
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

// blank are characters that are written as letters or symbols and show nothing.
const blank = "\u115f\u1160\u2800\u3164\uffa0"

// visible is the text, or nothing where none of its characters shows.
func visible(s string) string {
	if strings.ContainsFunc(s, shows) {
		return s
	}
	return ""
}

// shows says whether somebody sees the character by itself.
func shows(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune(blank, r)
}
