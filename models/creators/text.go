package creators

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tribemarket/models/creators/words"
)

// How long texts may be, in characters.
const (
	longestName    = 80
	longestBio     = 500
	longestCaption = 4000
)

// fold is a text as it is compared: NFKC and in lower case.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFKC.String(strings.ToLower(norm.NFKC.String(s)))
		}
	}
	return strings.ToLower(s)
}

// line is a text of one line as it is kept: NFC, no control characters, single
// spaces, cut to a number of characters.
func line(s string, most int) string {
	return cut(strings.Join(strings.Fields(printable(s)), " "), most)
}

// paragraphs is like line, and keeps the line breaks.
func paragraphs(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(printable(l))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func printable(s string) string {
	if plain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return norm.NFC.String(s)
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n == most {
			return strings.TrimSpace(s[:i])
		}
		n++
	}
	return s
}

// text is what the words of a search are looked for in: her name and handles,
// then the rest.
func (c *Creator) text(handles []string) string {
	return words.Text(append([]string{c.Name}, handles...), []string{c.Bio, c.Hashtags})
}
