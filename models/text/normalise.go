package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold prepares a text for comparison: NFKC in lower case.
func Fold(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFKC.String(strings.ToLower(norm.NFKC.String(s)))
		}
	}
	return strings.ToLower(s)
}

// SingleLine normalises a text of one line for storage: NFC, single spaces, no control or
// invisible characters. It is "" for a text in which nothing is visible.
func SingleLine(s string) string {
	return visible(strings.Join(strings.Fields(printable(s)), " "))
}

// Paragraphs normalises a text of several lines for storage: like SingleLine, but line
// breaks and the spaces within a line are kept.
func Paragraphs(s string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRightFunc(printable(l), unicode.IsSpace)
	}
	return visible(strings.TrimSpace(strings.Join(lines, "\n")))
}

// printable returns a text in NFC, with spaces in place of control characters and blanks,
// and without invisible ones.
func printable(s string) string {
	if isPrintableASCII(s) {
		return s
	}
	return RemoveInvisible(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) || strings.ContainsRune(blanks, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

func isPrintableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// RemoveAccents removes the marks above and below Latin letters, to compare headers and
// names that people type with or without them.
func RemoveAccents(s string) string {
	if isPrintableASCII(s) {
		return s
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f { // marks of other scripts form different letters
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}
