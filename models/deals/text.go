package deals

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tribemarket/models"
)

// The most signs that a text may have.
const (
	MaxMessage    = 2000
	MaxNote       = 2000
	MaxReason     = 1000
	MaxProduct    = 120
	MaxInKind     = 200
	MaxDisclosure = 120
	maxAddress    = 2000
)

// line is a one-line text as it is kept: NFC, no control characters, single spaces.
func line(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(paragraphs(s), "\n", " ")), " ")
}

// paragraphs is a longer text as it is kept: line breaks stay, control
// characters go, since a database may refuse them.
func paragraphs(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFC.String(s))
}

// checkText notes when a text is missing or too long.
func checkText(wrong *models.Fields, field, s string, required bool, most int) {
	switch n := utf8.RuneCountInString(s); {
	case n == 0 && required:
		wrong.Add(field, "deals.invalid."+fieldName(field))
	case n > most:
		wrong.Add(field, "deals.invalid.long", "most", most)
	}
}

// fieldName is a field's name without the line that it stands in:
// deliverables[2].due_on is due_on.
func fieldName(field string) string {
	return field[strings.LastIndexByte(field, '.')+1:]
}

// isPublicID says whether a text can be a public id, so that nothing else is
// asked of the database.
func isPublicID(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return true
}
