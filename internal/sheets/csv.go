package sheets

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"

	"tribemarket/models"
)

// WriteCSV writes a table as RFC 4180 has it: fields between commas, quoted where
// they need it, lines that end with CR LF, UTF-8 with the mark at the beginning
// without which Excel takes it for windows-1252. It is the same in every
// language: a point for decimals, shares in per cent, days as YYYY-MM-DD. What a
// spreadsheet would take for a formula in a text has an apostrophe before it
// (ASVS 1.2.10, OWASP WriteCSV injection): at the text's beginning, and after each
// semicolon, tab and line break in it, where a program that splits at those
// begins a cell, as Excel does with French or Dutch settings.
func WriteCSV(w io.Writer, _ string, headings []string, rows EachRow) error {
	buffered := bufio.NewWriter(w) // which the writer of records takes as its own
	out := csv.NewWriter(buffered)
	out.UseCRLF = true
	if _, err := buffered.WriteString(utf8Mark); err != nil {
		return err
	}
	if err := out.Write(headings); err != nil {
		return err
	}
	record := make([]string, len(headings))
	err := rows(func(cells []Cell) error {
		for i := range record {
			record[i] = ""
			if i < len(cells) {
				record[i] = cells[i].csvValue()
			}
		}
		return out.Write(record)
	})
	if err != nil {
		return err // what is not sent yet stays so: the answer may still be another
	}
	out.Flush()
	return out.Error()
}

// utf8Mark is the byte order mark in UTF-8.
const utf8Mark = "\ufeff"

func (c Cell) csvValue() string {
	switch c.kind {
	case kindText:
		return models.EscapeSpreadsheetCell(c.text)
	case kindWholeNumber:
		return formatDecimal(c.n, 0)
	case kindPercent:
		return strings.TrimSuffix(strings.TrimRight(formatDecimal(c.n, 4), "0"), ".")
	case kindAmount:
		return formatDecimal(c.n, models.CurrencyDecimals(c.text))
	case kindDay:
		return c.text
	case kindEmpty:
	}
	return ""
}
