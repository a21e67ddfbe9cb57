package sheets

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// noFormat is a format number that no workbook has: values are returned as stored.
const noFormat = 1 << 30

// keepStoredNumbers changes the formats of a workbook's cells: days as ISO 8601,
// percentages with their sign, and everything else as stored, 12400000 rather than
// 1.24E+07.
func keepStoredNumbers(book *excelize.File) error {
	if book.Styles == nil || book.Styles.CellXfs == nil {
		return nil // a workbook needs none, and then shows no number in another way
	}
	days, err := addFormat(book, "yyyy-mm-dd hh:mm:ss")
	if err != nil {
		return err
	}
	shares, err := addFormat(book, "0.0000000000%")
	if err != nil {
		return err
	}
	codes := map[int]string{}
	if book.Styles.NumFmts != nil {
		for _, f := range book.Styles.NumFmts.NumFmt {
			codes[f.NumFmtID] = f.FormatCode
		}
	}
	for i := range book.Styles.CellXfs.Xf {
		id := &book.Styles.CellXfs.Xf[i].NumFmtID
		if *id == nil {
			continue
		}
		to := noFormat
		switch showsAs(**id, codes[**id]) {
		case kindDay:
			to = days
		case kindPercent:
			to = shares
		}
		*id = &to
	}
	return nil
}

func addFormat(book *excelize.File, code string) (id int, err error) {
	style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		return 0, err
	}
	return *book.Styles.CellXfs.Xf[style].NumFmtID, nil
}

// showsAs says what a number format shows, by its number or by its code.
func showsAs(id int, code string) CellKind {
	switch {
	case id == 9 || id == 10:
		return kindPercent
	case 14 <= id && id <= 22, 27 <= id && id <= 36, 45 <= id && id <= 47, 50 <= id && id <= 58:
		return kindDay
	}
	plain := formatSigns(code)
	switch {
	case strings.ContainsAny(plain, "ymdhs"):
		return kindDay
	case strings.Contains(plain, "%"):
		return kindPercent
	}
	return kindWholeNumber
}

// formatSigns is a format without what is in quotes, in brackets or after a backslash,
// which is text or colour, and without the word General.
func formatSigns(code string) string {
	var b strings.Builder
	quoted, bracketed, escaped := false, false, false
	for _, r := range strings.ReplaceAll(strings.ToLower(code), "general", "") {
		switch {
		case escaped:
			escaped = false
		case quoted:
			quoted = r != '"'
		case bracketed:
			bracketed = r != ']'
		case r == '"':
			quoted = true
		case r == '[':
			bracketed = true
		case r == '\\' || r == '_' || r == '*':
			escaped = true
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
