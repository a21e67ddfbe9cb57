// Package sheets writes tables as files, CSV by RFC 4180 and XLSX with typed cells, and
// reads the tables that people have: CSV of any kind, XLSX and JSON. It works row by row
// and keeps no table in memory.
package sheets

import (
	"io"
	"strconv"
	"strings"

	"tribemarket/models"
)

// CellKind is the type of a cell.
type CellKind int

// The kinds.
const (
	kindEmpty CellKind = iota
	kindText
	kindWholeNumber
	kindPercent
	kindAmount
	kindDay
)

// Cell is one value. The zero Cell is an empty one.
type Cell struct {
	kind CellKind
	text string
	n    int64
}

// TextCell is a cell with a text, which no program interprets as a formula.
func TextCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{kind: kindText, text: s}
}

// WholeNumberCell is a cell with a whole number; nil is empty.
func WholeNumberCell(n *int64) Cell {
	if n == nil {
		return Cell{}
	}
	return Cell{kind: kindWholeNumber, n: *n}
}

// PercentCell is a cell with a percentage given in millionths; nil is empty.
func PercentCell(ppm *int64) Cell {
	if ppm == nil {
		return Cell{}
	}
	return Cell{kind: kindPercent, n: *ppm}
}

// AmountCell is a cell with an amount without its currency, which has a column of its
// own; nil is empty.
func AmountCell(m *models.Money) Cell {
	if m == nil {
		return Cell{}
	}
	return Cell{kind: kindAmount, n: m.Minor, text: m.Currency}
}

// DayCell is a cell with a day; the zero Date is empty.
func DayCell(d models.Date) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{kind: kindDay, text: d.String()}
}

// formatDecimal formats a number given in units of its last decimal, with a point: 45000
// with four decimals is 4.5.
func formatDecimal(n int64, decimals int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	if pad := decimals + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	cut := len(digits) - decimals
	if part := digits[cut:]; part != "" {
		return sign + digits[:cut] + "." + part
	}
	return sign + digits
}

// EachRow yields a table row by row: it calls the function for each row, and stops at its
// error.
type EachRow func(func([]Cell) error) error

// TableWriter writes a table with its headings in some format.
type TableWriter func(w io.Writer, name string, headings []string, rows EachRow) error
