package models

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SpreadsheetMark begins a CSV file: the byte order mark, without which Excel takes UTF-8
// for windows-1252.
const SpreadsheetMark = "\ufeff"

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

// UnprotectText reverses EscapeSpreadsheetCell: it removes apostrophes before a character
// that begins a formula. One before anything else, as in 't Hooft, is part of a text that
// was never escaped, and stays.
func UnprotectText(s string) string {
	if !strings.Contains(s, "'") {
		return s
	}
	var b strings.Builder
	written, begins, protected := 0, true, false
	for i, r := range s {
		if begins && !protected && r == '\'' && beginsFormula(s[i+1:], i == 0) {
			b.WriteString(s[written:i])
			written, protected = i+1, true
			continue
		}
		protected = false
		begins = strings.ContainsRune(";\t\r\n", r) || begins && (r == '"' || unicode.IsSpace(r))
	}
	return b.String() + s[written:]
}

func beginsFormula(s string, first bool) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && (strings.ContainsRune(formulaSigns, r) || first && strings.ContainsRune("\t\r\n", r))
}
