package sheets

import (
	"archive/zip"
	"errors"
	"io"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"tribemarket/models"
)

// The limits of a sheet.
const (
	maxCellLength      = 32_767 // characters
	maxSheetNameLength = 31
)

// WriteXLSX writes a table as a workbook with one sheet: numbers, percentages, amounts
// and days are typed cells, texts are never formulas. Rows go to a file in the system's
// temporary folder while the workbook grows; nothing is sent before the last one has been
// read.
func WriteXLSX(w io.Writer, name string, headings []string, rows EachRow) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if r := []rune(name); len(r) > maxSheetNameLength {
		name = string(r[:maxSheetNameLength])
	}
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	st, err := newCellStyles(f)
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := errors.Join(
		out.SetColWidth(1, max(len(headings), 1), 18),
		out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
	); err != nil {
		return err
	}
	line := make([]any, len(headings))
	for i, h := range headings {
		line[i] = excelize.Cell{StyleID: st.heading, Value: h}
	}
	if err := out.SetRow("A1", line); err != nil {
		return err
	}
	n := 1
	err = rows(func(cells []Cell) error {
		n++
		for i := range line {
			line[i] = nil
			if i < len(cells) {
				line[i] = cells[i].xlsxValue(st)
			}
		}
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		return out.SetRow(at, line)
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	// The workbook's own writer would first hold the whole file in memory.
	return f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) }).Write(io.Discard)
}

type cellStyles struct {
	heading, whole, percent, day int
	amount                       map[int]int // by decimals
}

func newCellStyles(f *excelize.File) (cellStyles, error) {
	var all []error
	style := func(s excelize.Style) int {
		id, err := f.NewStyle(&s)
		all = append(all, err)
		return id
	}
	format := func(code string) int { return style(excelize.Style{CustomNumFmt: &code}) }
	st := cellStyles{
		heading: style(excelize.Style{Font: &excelize.Font{Bold: true}}),
		whole:   format("#,##0"), percent: format("0.0%"), day: format("yyyy-mm-dd"),
		amount: map[int]int{0: format("#,##0"), 2: format("#,##0.00"), 3: format("#,##0.000")},
	}
	return st, errors.Join(all...)
}

// xlsxValue is the cell's value in the workbook. The format only has binary fractions;
// nothing is computed with them.
func (c Cell) xlsxValue(st cellStyles) any {
	switch c.kind {
	case kindText:
		return excelize.Cell{Value: cutToCell(c.text)}
	case kindWholeNumber:
		return excelize.Cell{StyleID: st.whole, Value: c.n}
	case kindPercent:
		return excelize.Cell{StyleID: st.percent, Value: float64(c.n) / 1_000_000}
	case kindAmount:
		decimals := models.CurrencyDecimals(c.text)
		divisor := 1.0
		for range decimals {
			divisor *= 10
		}
		return excelize.Cell{StyleID: st.amount[decimals], Value: float64(c.n) / divisor}
	case kindDay:
		if d, err := models.ParseDate(c.text); err == nil {
			return excelize.Cell{StyleID: st.day, Value: d.StartIn(time.UTC)}
		}
	case kindEmpty:
	}
	return nil
}

func cutToCell(s string) string {
	if utf8.RuneCountInString(s) > maxCellLength {
		return string([]rune(s)[:maxCellLength])
	}
	return s
}
