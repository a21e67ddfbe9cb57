package models

import (
	"strings"
	"unicode"
)

// EscapeSpreadsheetCell returns a text for a CSV file that no spreadsheet evaluates,
// wherever it begins a cell (https://owasp.org/www-community/attacks/CSV_Injection; French
// and Dutch ones split at semicolons): an apostrophe is put before a character that begins
// a formula, ignoring spaces and quotes before it. Full-width characters are included,
// since some programs fold them, and so is the apostrophe itself, so that the escaping is
// reversible.
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
