package sheets

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"

	"tribemarket/models"
)

// WriteCSV writes a table according to RFC 4180: fields between commas, quoted where
// necessary, lines that end with CR LF, UTF-8 with a byte order mark, without which Excel
// takes it for windows-1252. It is the same in every language: a decimal point, shares in
// per cent, days as YYYY-MM-DD. A text that a spreadsheet would take for a formula gets
// an apostrophe (ASVS 1.2.10, OWASP CSV injection): at its beginning, and after each
// semicolon, tab and line break, where programs that split there begin a cell, as Excel
// does with French or Dutch settings.
func WriteCSV(w io.Writer, _ string, headings []string, rows EachRow) error {
	buffered := bufio.NewWriter(w) // which csv.Writer uses as its own buffer
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
		return err // nothing more is sent: the response may still be replaced
	}
	out.Flush()
	return out.Error()
}

// utf8Mark is the byte order mark in UTF-8.
const utf8Mark = models.SpreadsheetMark

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
