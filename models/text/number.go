package text

import (
	"strconv"
	"strings"
)

// ParsePercent reads a percentage with a point or a comma, in millionths: "4.5" is 45000.
func ParsePercent(s string) (int64, bool) {
	return ParseDecimal(strings.TrimSuffix(strings.TrimSpace(s), "%"), 4)
}

// ParseDecimal reads a number in units of its last decimal: "4.5" with four decimals is
// 45000. Further decimals are cut off.
func ParseDecimal(s string, decimals int) (int64, bool) {
	whole, part, _ := strings.Cut(strings.Replace(strings.TrimSpace(s), ",", ".", 1), ".")
	if whole+part == "" || len(whole) > 9 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+(part + strings.Repeat("0", decimals))[:decimals], 10, 64)
	return n, err == nil
}

// ParseAmount reads an amount as people type it, in units of its last decimal: with
// thousands separators or abbreviated, as 1,200, 1 200.50 or 1.5k. Three digits after a
// single separator are thousands, unless the amount has as many decimals.
func ParseAmount(s string, decimals int) (int64, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if n, ok := ParseDecimal(s, decimals); ok && (decimals >= 3 || isDigits(s) || !hasThousandsGroups(s)) {
		return n, ok
	}
	number, unit, ok := splitMagnitude(s)
	if !ok {
		return 0, false
	}
	if unit == 1 && decimals < 3 && hasThousandsGroups(number) {
		number = strings.Map(func(r rune) rune {
			if r == '.' || r == ',' {
				return -1
			}
			return r
		}, number)
	}
	if number, ok = normaliseDecimal(number, unit > 1); !ok {
		return 0, false
	}
	if n, ok := ParseDecimal(number, decimals); ok && n <= MostCount/int64(unit) {
		return n * int64(unit), true
	}
	return 0, false
}

// FormatPercent writes millionths as a percentage: 45000 is 4.5.
func FormatPercent(ppm int64) string { return FormatDecimal(ppm, 4) }

// FormatDecimal writes a number given in units of its last decimal: 45000 with four
// decimals is 4.5.
func FormatDecimal(n int64, decimals int) string {
	if n < 0 {
		return "-" + FormatDecimal(-n, decimals)
	}
	digits := strconv.FormatInt(n, 10)
	if pad := decimals + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	whole, part := digits[:len(digits)-decimals], strings.TrimRight(digits[len(digits)-decimals:], "0")
	if part == "" {
		return whole
	}
	return whole + "." + part
}
