// Package sheets writes tables as files: CSV by RFC 4180, and XLSX with typed
// cells. Both write row by row and keep no table in memory.
package sheets

import (
	"io"
	"strconv"
	"strings"

	"tribemarket/models"
)

// Kind is what a cell holds.
type Kind int

// The kinds.
const (
	empty Kind = iota
	text
	whole
	percent
	amount
	day
)

// Cell is one value. The zero Cell is an empty one.
type Cell struct {
	kind Kind
	text string
	n    int64
}

// Text is a cell with a text, which no program takes for a formula.
func Text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{kind: text, text: s}
}

// Whole is a cell with a whole number; nil is empty.
func Whole(n *int64) Cell {
	if n == nil {
		return Cell{}
	}
	return Cell{kind: whole, n: *n}
}

// Percent is a cell with a share in millionths; nil is empty.
func Percent(ppm *int64) Cell {
	if ppm == nil {
		return Cell{}
	}
	return Cell{kind: percent, n: *ppm}
}

// Amount is a cell with an amount without its currency, which has a column of
// its own; nil is empty.
func Amount(m *models.Money) Cell {
	if m == nil {
		return Cell{}
	}
	return Cell{kind: amount, n: m.Minor, text: m.Currency}
}

// Day is a cell with a day; the zero one is empty.
func Day(d models.Date) Cell {
	if d.IsZero() {
		return Cell{}
	}
	return Cell{kind: day, text: d.String()}
}

// decimal writes a number of the last decimals with a point: 45000 of four is 4.5.
func decimal(n int64, decimals int) string {
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

// Rows gives a table row by row: it calls the function for each, and stops at
// its error.
type Rows func(func([]Cell) error) error

// Write is a way to write a table with its headings.
type Write func(w io.Writer, name string, headings []string, rows Rows) error
