package models

import (
	"strings"
	"unicode"
)

// EscapeSpreadsheetCell is a text for a CSV file that no spreadsheet computes, wherever in
// it one begins a cell (https://owasp.org/www-community/attacks/CSV_Injection;
// French and Dutch ones split at semicolons): an apostrophe stands before a sign
// that begins a formula. Spaces and quotes before a sign don't count. Full-width
// signs do, since some programs fold them, and an apostrophe too, so that the text
// can be had back.
func EscapeSpreadsheetCell(s string) string {
	var b strings.Builder
	written, begins := 0, true
	for i, r := range s {
		if begins && strings.ContainsRune(formulaSigns, r) || i == 0 && strings.ContainsRune("\t\r\n", r) {
			b.WriteString(s[written:i] + "'")
			written = i
		}
		begins = strings.ContainsRune(";\t\r\n", r) || begins && (r == '"' || unicode.IsSpace(r))
	}
	return b.String() + s[written:]
}

const formulaSigns = "=+-@'＝＋－＠"
