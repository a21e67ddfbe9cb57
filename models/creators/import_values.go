package creators

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tribemarket/models/text"
)

// MostCount is above any count that a platform shows.
const MostCount = 1_000_000_000_000

var errNotACount = errors.New("not a count")

// ParseCount reads a number as files write it: 13800000, 13,800,000, 13.8M,
// 477900000.00. It is nil if a cell says that there is none. exact is false for
// an abbreviated number.
func ParseCount(cell string) (n *int64, exact bool, err error) {
	s := strings.ToLower(strings.TrimSpace(cell))
	if isMissingCell(s) {
		return nil, false, nil
	}
	unit := 1.0
	switch s[len(s)-1] {
	case 'k':
		unit = 1e3
	case 'm':
		unit = 1e6
	case 'b':
		unit = 1e9
	}
	if unit > 1 {
		s = strings.TrimSpace(s[:len(s)-1])
	}
	s, ok := normaliseDecimal(s, unit > 1)
	if !ok {
		return nil, false, errNotACount
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f*unit > MostCount {
		return nil, false, errNotACount
	}
	return new(int64(math.Round(f * unit))), unit == 1, nil
}

// isMissingCell says whether a cell, in lower case, means "no value", as
// spreadsheets in several languages write it.
func isMissingCell(s string) bool {
	switch s {
	case "", "-", "–", "—", "n/a", "na", "n.a.", "nan", "null", "nil", "none", "?":
		return true
	}
	return s[0] == '#' && (strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || s == "#n/a")
}

// normaliseDecimal rewrites a number with a decimal point and without digit
// groups. Ambiguous numbers are refused.
func normaliseDecimal(s string, short bool) (string, bool) {
	s = strings.Map(func(r rune) rune {
		if r == '\'' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	if s == "" || strings.Trim(s, "0123456789.,") != "" {
		return "", false
	}
	point, comma := strings.Count(s, "."), strings.Count(s, ",")
	sign := strings.LastIndexAny(s, ".,")
	switch {
	case point+comma == 0:
		return s, true
	case point > 0 && comma > 0: // the last one is the decimal sign
		group := "."
		if s[sign] == '.' {
			group = ","
		}
		whole := strings.ReplaceAll(s[:sign], group, "")
		return whole + "." + s[sign+1:], strings.Trim(whole+s[sign+1:], "0123456789") == ""
	case point+comma > 1: // groups
		return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ""), hasThousandsGroups(s)
	case s[sign] == ',' && !short && len(s)-sign == 4: // 1,234
		return s[:sign] + s[sign+1:], hasThousandsGroups(s)
	case s[sign] == '.' && !short && len(s)-sign == 4 && strings.Trim(s[sign+1:], "0") != "": // 1.234 is either
		return "", false
	}
	return s[:sign] + "." + s[sign+1:], sign > 0
}

func hasThousandsGroups(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' })
	for i, p := range parts {
		if i > 0 && len(p) != 3 || len(p) > 3 || p == "" {
			return false
		}
	}
	return true
}

// readCount reads the number in a row's column; if the column occurs twice, the
// unabbreviated one is preferred.
func (c importColumns) readCount(cells []string, col importColumn) (*int64, error) {
	var short *int64
	var wrong error
	for _, i := range c.positions[col] {
		if i >= len(cells) {
			continue
		}
		n, exact, err := ParseCount(cells[i])
		switch {
		case err != nil:
			wrong = err
		case exact:
			return n, nil
		case n != nil && short == nil:
			short = n
		}
	}
	if short != nil {
		return short, nil
	}
	return nil, wrong
}

// readOptionalCount reads an optional number: one that cannot be read counts as missing.
func (c importColumns) readOptionalCount(cells []string, col importColumn) *int64 {
	n, _ := c.readCount(cells, col)
	return n
}

// readText reads the first non-empty column of a kind.
func (c importColumns) readText(cells []string, col importColumn) string {
	for _, i := range c.positions[col] {
		if i < len(cells) && !isMissingCell(strings.ToLower(strings.TrimSpace(cells[i]))) {
			return strings.TrimSpace(cells[i])
		}
	}
	return ""
}

// parseInstant parses seconds or milliseconds since 1970, or a date with or
// without a time.
func parseInstant(s string) (time.Time, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		if n > 100_000_000_000 {
			return time.UnixMilli(n).UTC(), n < 100_000_000_000_000
		}
		return time.Unix(n, 0).UTC(), n > 0
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateTime, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC().Truncate(time.Microsecond), true
		}
	}
	return time.Time{}, false
}

// parseHashtags parses a cell's hashtags: a list as Python writes it, or words
// with or without #.
func parseHashtags(cell string) []string {
	words := strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|[]'\"#", r) })
	for i, w := range words {
		words[i] = "#" + w
	}
	return text.FindHashtags(words...)
}
