package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a text as two are compared: NFKC and in lower case.
func Fold(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFKC.String(strings.ToLower(norm.NFKC.String(s)))
		}
	}
	return strings.ToLower(s)
}

// SingleLine is a text of one line as it is kept: NFC, single spaces, no control
// characters and nothing invisible. A text that shows nothing is empty.
func SingleLine(s string) string {
	return visible(strings.Join(strings.Fields(printable(s)), " "))
}

// Paragraphs is a text of several lines as it is kept: like Line, but line
// breaks and the spaces within a line stay.
func Paragraphs(s string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRightFunc(printable(l), unicode.IsSpace)
	}
	return visible(strings.TrimSpace(strings.Join(lines, "\n")))
}

// printable is a text in NFC, with spaces in place of control characters and
// without the hidden ones.
func printable(s string) string {
	if isPrintableASCII(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return ' '
		case unicode.Is(hidden, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return norm.NFC.String(s)
}

func isPrintableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// RemoveAccents is a text without the marks above and below its letters, as headers
// and names are compared that people type with or without them.
func RemoveAccents(s string) string {
	if isPrintableASCII(s) {
		return s
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f { // those of other scripts make other letters
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// latinLookalikes are letters of other scripts that look like Latin ones.
var latinLookalikes = map[rune]rune{
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'ё': 'e', 'ғ': 'f', 'һ': 'h', 'і': 'i', 'ї': 'i', 'ј': 'j', 'к': 'k', 'ӏ': 'l', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'ԛ': 'q', 'ѕ': 's', 'т': 't', 'у': 'y', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x',
	'α': 'a', 'β': 'b', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'σ': 'o', 'τ': 't', 'υ': 'u', 'χ': 'x', 'ω': 'w', 'ϲ': 'c', 'ϳ': 'j',
	'օ': 'o', 'ո': 'n', 'ս': 'u', 'հ': 'h', 'ց': 'g', 'զ': 'q', 'ı': 'i', 'ł': 'l', 'ø': 'o', 'ɑ': 'a', 'ɡ': 'g', 'ⅼ': 'l',
}

// LatinLookalike is a folded text with the letters of other scripts, and letters with
// marks, as the plain Latin letters that they look like.
func LatinLookalike(s string) string {
	if isPrintableASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if latin, ok := latinLookalikes[r]; ok {
			return latin
		}
		return r
	}, RemoveAccents(s))
}
