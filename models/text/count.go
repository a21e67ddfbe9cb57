package text

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MostCount is larger than any count that a platform shows.
const MostCount = 1_000_000_000_000

// ErrNotACount is the error for a text that is not a count, or that can be read in two
// ways.
var ErrNotACount = errors.New("not a count")

// magnitudes are the suffixes of abbreviated numbers, in the languages found in people's
// files.
var magnitudes = map[string]float64{
	"k": 1e3, "tsd": 1e3, "tys": 1e3, "mille": 1e3, "duizend": 1e3, "thousand": 1e3, "thousands": 1e3, "tausend": 1e3, "bin": 1e3, "тыс": 1e3, "千": 1e3,
	"万": 1e4, "萬": 1e4, "만": 1e4,
	"lakh": 1e5, "lakhs": 1e5, "lac": 1e5,
	"m": 1e6, "mio": 1e6, "mill": 1e6, "mln": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6, "miljoen": 1e6, "millones": 1e6, "milioni": 1e6, "milhoes": 1e6, "milyon": 1e6, "млн": 1e6,
	"cr": 1e7, "crore": 1e7, "crores": 1e7,
	"億": 1e8, "亿": 1e8, "억": 1e8,
	"b": 1e9, "bn": 1e9, "md": 1e9, "mrd": 1e9, "mld": 1e9, "billion": 1e9, "billions": 1e9, "milliard": 1e9, "milliards": 1e9, "miljard": 1e9, "milliarden": 1e9, "млрд": 1e9,
}

// countedThings are words that lists write after a number.
var countedThings = []string{
	"followers", "follower", "subscribers", "subscriber", "subs", "fans", "fan", "likes", "like", "views", "view", "comments", "shares", "posts", "videos",
	"abonnes", "abonne", "vues", "volgers", "abonnees", "weergaven", "seguidores", "suscriptores", "abonnenten", "iscritti", "seguaci", "takipci", "obserwujacych",
}

// ParseCount reads a number in the ways in which files and people write it: 13800000,
// 13,800,000, 13.8M, 2.28E+05, 100K+, 12.3万, "1,2 Mio.", ="250000". It is nil for a cell
// that says there is no number. exact is false for an abbreviated number.
func ParseCount(cell string) (n *int64, exact bool, err error) { return parseCount(cell, false) }

// ParseTypedCount is ParseCount for a number that somebody types into a form, in whatever
// language: three digits after a single separator are thousands, as there is no half of
// what is counted. It is nil for what is not a count.
func ParseTypedCount(typed string) *int64 {
	n, _, err := parseCount(typed, true)
	if err != nil {
		return nil
	}
	return n
}

func parseCount(cell string, typed bool) (n *int64, exact bool, err error) {
	s := strings.ToLower(strings.TrimSpace(cell))
	if IsMissing(s) {
		return nil, false, nil
	}
	if !isDigits(s) {
		s = strings.Map(asciiDigit, strings.ToLower(strings.TrimSpace(norm.NFKC.String(s))))
	}
	s = strings.TrimPrefix(strings.Trim(strings.TrimPrefix(s, "="), `"' `), "+")
	s, rounded := strings.CutSuffix(s, "+")
	number, unit, ok := splitMagnitude(s)
	if !ok {
		return nil, false, ErrNotACount
	}
	if typed && unit == 1 && number[0] != '0' && hasThousandsGroups(number) {
		number = strings.NewReplacer(".", "", ",", "").Replace(number)
	}
	f, ok := parseFloat(number, unit > 1)
	if !ok || f < 0 || f*unit > MostCount {
		return nil, false, ErrNotACount
	}
	return new(int64(math.Round(f * unit))), unit == 1 && !rounded, nil
}

// asciiDigit converts a digit of any script to the ASCII digit.
func asciiDigit(r rune) rune {
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return '0' + r - zero
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// splitMagnitude separates a number from its suffix.
func splitMagnitude(s string) (number string, unit float64, ok bool) {
	end := strings.LastIndexFunc(s, unicode.IsDigit) + 1
	if end <= 0 {
		return "", 0, false
	}
	number, unit = s[:end], 1
	for _, word := range strings.FieldsFunc(RemoveAccents(s[end:]), func(r rune) bool { return !unicode.IsLetter(r) }) {
		size, known := magnitudes[word]
		switch {
		case known && unit == 1:
			unit = size
		case !slices.Contains(countedThings, word):
			return "", 0, false
		}
	}
	rest := strings.TrimFunc(s[end:], func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsSpace(r) || r == '.' || unicode.Is(unicode.Mn, r)
	})
	return number, unit, rest == "" || rest == "+"
}

// parseFloat reads a number with or without thousands separators; short says that it was
// abbreviated, so that three digits after a separator are decimals.
func parseFloat(s string, short bool) (float64, bool) {
	if mantissa, exponent, ok := strings.Cut(s, "e"); ok && isDigits(strings.TrimPrefix(exponent, "+")) && strings.Trim(mantissa, "0123456789.,") == "" {
		f, err := strconv.ParseFloat(strings.Replace(mantissa, ",", ".", 1)+"e"+exponent, 64)
		return f, err == nil
	}
	s, ok := normaliseDecimal(s, short)
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// IsMissing says whether a cell, in lower case and without surrounding spaces, means "no
// value" as spreadsheets write it in several languages.
func IsMissing(s string) bool {
	switch s {
	case "", "-", "–", "—", "n/a", "na", "n.a.", "nan", "nat", "null", "nil", "none", "?", "<na>":
		return true
	}
	return s[0] == '#' && (strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || s == "#n/a")
}

// normaliseDecimal rewrites a number with a decimal point and without thousands
// separators. A number that could be read in two ways is refused.
func normaliseDecimal(s string, short bool) (string, bool) {
	if isDigits(s) {
		return s, s != ""
	}
	s = strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' || unicode.IsSpace(r) {
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
		return whole + "." + s[sign+1:], isDigits(whole + s[sign+1:])
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
