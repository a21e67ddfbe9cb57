package i18n

import (
	"context"
	"strconv"
	"strings"

	"tribemarket/models"
)

// Number is a whole number with thousands separators: 48,120 or 48 120 or 48.120.
func Number(ctx context.Context, n int64) string {
	return formatDecimal(localeFormatOf(LocaleOf(ctx)), n, 0)
}

// CompactNumber is an abbreviated number of people or views: 48.2k, 48,2 k. It is rounded
// down, so that it never claims a threshold that was not reached.
func CompactNumber(ctx context.Context, n int64) string {
	f := localeFormatOf(LocaleOf(ctx))
	if n < 1000 && n > -1000 {
		return formatDecimal(f, n, 0)
	}
	unit, i := int64(1000), 0
	for i < len(f.compact)-1 && (n >= unit*1000 || n <= -unit*1000) {
		unit *= 1000
		i++
	}
	s := formatDecimal(f, n/unit, 0)
	tenth := n % unit / (unit / 10)
	if tenth < 0 {
		tenth = -tenth
	}
	if whole := n / unit; tenth > 0 && whole < 100 && whole > -100 {
		s += f.decimal + strconv.FormatInt(tenth, 10)
	}
	return s + f.compact[i]
}

// Percent formats millionths as a percentage: 73000 is 7.3%. It has one decimal, and two
// below one per cent.
func Percent(ctx context.Context, ppm int64) string {
	f := localeFormatOf(LocaleOf(ctx))
	n, decimals := percentUnits(ppm)
	return formatDecimal(f, n, decimals) + f.percent
}

// ExactPercent is Percent with all decimals that the millionths have: 123450 is 12.345%.
func ExactPercent(ctx context.Context, ppm int64) string {
	f := localeFormatOf(LocaleOf(ctx))
	decimals := 4
	for ; decimals > 1 && ppm%10 == 0; decimals-- {
		ppm /= 10
	}
	return formatDecimal(f, ppm, decimals) + f.percent
}

// SignedPercent is Percent of a change, with its sign: +7.3%, −0.70%. A value shown as
// zero has no sign.
func SignedPercent(ctx context.Context, ppm int64) string {
	s := Percent(ctx, ppm)
	if n, _ := percentUnits(ppm); n > 0 {
		return "+" + s
	}
	return s
}

// percentUnits converts millionths to units of 10^-decimals per cent, rounded half away
// from zero.
func percentUnits(ppm int64) (n int64, decimals int) {
	decimals, step := 1, int64(1000)
	if ppm < 10_000-50 && ppm > 50-10_000 {
		decimals, step = 2, 100
	}
	if ppm < 0 {
		return (ppm - step/2) / step, decimals
	}
	return (ppm + step/2) / step, decimals
}

// Decimal formats n, given in units of 10^-decimals: Decimal(ctx, 46, 2) is 0.46.
func Decimal(ctx context.Context, n int64, decimals int) string {
	return formatDecimal(localeFormatOf(LocaleOf(ctx)), n, decimals)
}

// Amount is an amount without its currency, as ParseMoney reads it again: 1,234.56.
func Amount(ctx context.Context, m models.Money) string {
	return Decimal(ctx, m.Minor, models.CurrencyDecimals(m.Currency))
}

// Money is an amount with its currency: €1,234.56, 1 234,56 €, € 1.234,56.
func Money(ctx context.Context, m models.Money) string {
	return formatMoney(localeFormatOf(LocaleOf(ctx)), m, m.Minor, models.CurrencyDecimals(m.Currency))
}

// WholeMoney is Money without decimals if they are all zero: €420.
func WholeMoney(ctx context.Context, m models.Money) string {
	unit := int64(1)
	for range models.CurrencyDecimals(m.Currency) {
		unit *= 10
	}
	if m.Minor%unit != 0 {
		return Money(ctx, m)
	}
	return formatMoney(localeFormatOf(LocaleOf(ctx)), m, m.Minor/unit, 0)
}

func formatMoney(f *localeFormat, m models.Money, n int64, decimals int) string {
	sym, space := currencySymbol(f, m.Currency), f.moneySpace
	if sym == m.Currency {
		space = noBreakSpace
	}
	sign := ""
	number, negative := strings.CutPrefix(formatDecimal(f, n, decimals), minusSign)
	if negative {
		sign = minusSign
	}
	switch {
	case !f.moneyFirst:
		return sign + number + space + sym
	case f.moneySpace != "": // Dutch: the sign stays next to the number
		return sym + space + sign + number
	}
	return sign + sym + space + number
}

// CurrencySymbol is the language's symbol for a currency: €, $US, CHF.
func CurrencySymbol(ctx context.Context, currency string) string {
	return currencySymbol(localeFormatOf(LocaleOf(ctx)), currency)
}

// currencySymbol is the currency's symbol in a format, or its code if there is none.
func currencySymbol(f *localeFormat, currency string) string {
	if s, ok := f.symbols[currency]; ok {
		return s
	}
	return currency
}

// minusSign is the sign of a negative number: as wide as +, and read out as minus, unlike
// a hyphen.
const minusSign = "\u2212"

// formatDecimal formats n, given in units of 10^-decimals. Every number on a page, with
// its sign, is formatted here.
func formatDecimal(f *localeFormat, n int64, decimals int) string {
	s, negative := strings.CutPrefix(strconv.FormatInt(n, 10), "-")
	sign := ""
	if negative {
		sign = minusSign
	}
	if len(s) <= decimals {
		s = strings.Repeat("0", decimals-len(s)+1) + s
	}
	whole, frac := s[:len(s)-decimals], s[len(s)-decimals:]
	if decimals > 0 {
		frac = f.decimal + frac
	}
	return sign + groupDigits(f, whole) + frac
}

func groupDigits(f *localeFormat, digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(f.group)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// WholePercent is Percent without zeros after the point, for an axis: 10%, 2.5%.
func WholePercent(ctx context.Context, ppm int64) string {
	f := localeFormatOf(LocaleOf(ctx))
	decimals, step := 0, int64(10_000)
	for decimals < 2 && ppm%step != 0 {
		decimals++
		step /= 10
	}
	return formatDecimal(f, ppm/step, decimals) + f.percent
}
