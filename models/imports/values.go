package imports

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tribemarket/models/text"
)

// errTwoNumbers is a count that stands twice with different numbers.
var errTwoNumbers = errors.New("two numbers that differ")

// count is the number in a field of a row. Where its column stands twice, as a text
// and as a number, the one that was not shortened is preferred, if it is the same number.
func (p *rowParser) count(cells []string, field Field) (*int64, error) {
	var short, exact *int64
	var wrong error
	for _, i := range p.positions[field] {
		if i >= len(cells) {
			continue
		}
		n, isExact, err := text.ParseCount(cells[i])
		if unit := p.headers[i].unit; unit > 1 && err == nil && n != nil {
			n, err = countInUnits(cells[i], unit)
		}
		switch {
		case err != nil:
			wrong = err
			p.unread(i, cells[i])
		case isExact && exact == nil:
			exact = n
		case n != nil && short == nil:
			short = n
		}
	}
	switch {
	case exact != nil && short != nil && !roundsTo(*exact, *short):
		return nil, errTwoNumbers
	case exact != nil:
		return exact, nil
	case short != nil:
		return short, nil
	}
	return nil, wrong
}

// countInUnits reads a number of a column that counts thousands or millions.
func countInUnits(cell string, unit int64) (*int64, error) {
	f, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(cell), ",", ".", 1), 64)
	if err != nil { // it has a unit of its own
		n, _, err := text.ParseCount(cell)
		return n, err
	}
	if f < 0 || f*float64(unit) > text.MostCount {
		return nil, text.ErrNotACount
	}
	return new(int64(math.Round(f * float64(unit)))), nil
}

// roundsTo says whether the shortened number may be the exact one: lists cut or round
// them, to two figures at least.
func roundsTo(exact, short int64) bool {
	return 10*max(exact-short, short-exact) <= max(exact, short)
}

// optionalCount is a number that a row can do without: one that cannot be read is
// reported, and missing.
func (p *rowParser) optionalCount(cells []string, field Field) *int64 {
	n, err := p.count(cells, field)
	if errors.Is(err, errTwoNumbers) {
		p.unread(p.positions[field][0], p.text(cells, field))
	}
	return n
}

// text is what the first filled column of a field says.
func (p *rowParser) text(cells []string, field Field) string {
	for _, i := range p.positions[field] {
		if i < len(cells) {
			if s := strings.TrimSpace(cells[i]); s != "" && !text.IsMissing(strings.ToLower(s)) {
				return s
			}
		}
	}
	return ""
}

// dateLayouts are the ways of writing a time that can be read in one way only.
var dateLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05 -0700", time.DateTime, "2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly,
	"2006/01/02 15:04:05", "2006/01/02", "20060102", "Jan 2, 2006", "Jan 2 2006", "January 2, 2006", "2 Jan 2006", "2 January 2006", "02-Jan-2006", "02 Jan 2006 15:04",
	time.RFC1123Z, time.ANSIC, time.RubyDate,
}

// dateReader reads the times of one file, and knows which of day and month stands first
// in dates like 03/04/2024, once another row has told.
type dateReader struct{ dayFirst, monthFirst bool }

// observe learns from a date of which only one number can be the month.
func (d *dateReader) observe(cell string) {
	if first, second, _, ok := splitSlashDate(cell); ok {
		d.dayFirst = d.dayFirst || first > 12 && second <= 12
		d.monthFirst = d.monthFirst || second > 12 && first <= 12
	}
}

// parse reads a number, as instantOf does, or a date with or without a time. A date in
// which day and month could be either is none, unless the file has told.
func (d dateReader) parse(s string) (time.Time, bool) {
	s = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(s), " UTC"), " GMT")
	if plainNumber.MatchString(s) && !(len(s) == len("20060102") && !strings.ContainsAny(s, ".,")) {
		n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil {
			return time.Time{}, false
		}
		return instantOf(n)
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC().Truncate(time.Microsecond), true
		}
	}
	first, second, rest, ok := splitSlashDate(s)
	switch {
	case !ok, first <= 12 && second <= 12 && first != second && d.dayFirst == d.monthFirst:
		return time.Time{}, false
	case first > 12 || second <= 12 && d.dayFirst:
		first, second = second, first
	}
	return parseSlashDate(first, second, rest)
}

// plainNumber is a number that no spreadsheet has shortened to "1.73E+09".
var plainNumber = regexp.MustCompile(`^[0-9]+([.,][0-9]+)?$`)

// spreadsheetEpoch is day 0 of the dates of spreadsheets, which are numbers of days.
var spreadsheetEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// firstSerialDay is 1 January 2010; until the end of 2099, a number of days.
const firstSerialDay, lastSerialDay = 40_179, 73_050

// instantOf reads seconds or milliseconds since 1970, or a spreadsheet's number of days.
// No other number means a time.
func instantOf(n float64) (time.Time, bool) {
	switch {
	case n >= firstSerialDay && n < lastSerialDay+1:
		return spreadsheetEpoch.Add(time.Duration(math.Round(n*24*60*60)) * time.Second), true
	case n > 1e14 || n < float64(oldestDate.Unix()):
		return time.Time{}, false
	case n > 1e11:
		return time.UnixMilli(int64(n)).UTC(), true
	}
	return time.Unix(int64(n), 0).UTC(), true
}

// oldestDate is before any of the platforms existed.
var oldestDate = time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC)

// roundedID is an id that a spreadsheet took for a number, and of which it lost figures.
var roundedID = regexp.MustCompile(`^(?:[0-9]([.,][0-9]+)?[eE]\+?[0-9]{1,3}|[0-9]{16,}[.,]0*)$`)

// splitSlashDate parts 20/11/2024 10:00 or 20.11.2024 into its numbers.
func splitSlashDate(s string) (first, second int, rest string, ok bool) {
	day, clock, _ := strings.Cut(s, " ")
	parts := strings.FieldsFunc(day, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return 0, 0, "", false
	}
	first, err := strconv.Atoi(parts[0])
	if err == nil {
		second, err = strconv.Atoi(parts[1])
	}
	return first, second, strings.TrimSpace(parts[2] + " " + clock), err == nil
}

func parseSlashDate(month, day int, rest string) (time.Time, bool) {
	s := strconv.Itoa(month) + "/" + strconv.Itoa(day) + "/" + rest
	for _, layout := range []string{"1/2/2006", "1/2/2006 15:04", "1/2/2006 15:04:05", "1/2/2006 3:04 PM", "1/2/2006 3:04:05 PM"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// parseHashtags reads the hashtags of a cell: a list as Python writes it, or words
// with or without their sign.
func parseHashtags(cell string) []string {
	words := strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|[]'\"#", r) })
	for i, w := range words {
		words[i] = "#" + w
	}
	return text.FindHashtags(words...)
}
