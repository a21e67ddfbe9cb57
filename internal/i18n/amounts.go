package i18n

import (
	"context"
	"errors"
	"math"
	"strings"

	"tribemarket/models"
)

// ErrAmbiguous is returned by ParseDecimal and ParseMoney if the language's notation and
// the plain notation give two different amounts.
var ErrAmbiguous = errors.New("amount can be read in two ways")

// maxAmountLength limits the length of the input; the largest amount fits easily.
const maxAmountLength = 40

// ParseDecimal reads a number in the notation of the reader's language ("1.234,5" in
// Dutch) or in plain notation ("1234.5"), and returns it in units of 10^-decimals. It is
// never negative. The errors are those of models.ParseMoney and ErrAmbiguous.
func ParseDecimal(ctx context.Context, s string, decimals int) (int64, error) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxAmountLength {
		return 0, models.ErrNotAnAmount
	}
	f := localeFormatOf(LocaleOf(ctx))
	local, localErr := parseAmount(s, f.decimal, f.group, decimals)
	if f.decimal == "." {
		return local, localErr
	}
	plain, plainErr := parseAmount(s, ".", "", decimals)
	switch {
	case localErr == nil && plainErr == nil && local != plain:
		return 0, ErrAmbiguous
	case localErr == nil:
		return local, nil
	case plainErr == nil:
		return plain, nil
	case errors.Is(localErr, models.ErrNotAnAmount):
		return 0, plainErr
	}
	return 0, localErr
}

// ParseMoney reads an amount like ParseDecimal; it may come with the currency's symbol or
// code.
func ParseMoney(ctx context.Context, s, currency string) (models.Money, error) {
	if !models.IsKnownCurrency(currency) {
		return models.Money{}, models.ErrOtherCurrency
	}
	s = strings.TrimSpace(s)
	for _, sign := range []string{CurrencySymbol(ctx, currency), currency} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, sign), sign))
	}
	n, err := ParseDecimal(ctx, s, models.CurrencyDecimals(currency))
	if err != nil {
		return models.Money{}, err
	}
	if n > models.MaxMinor {
		return models.Money{}, models.ErrAmountTooLarge
	}
	return models.Money{Minor: n, Currency: currency}, nil
}

// parseAmount reads one notation: groups of three digits between group or a space, then
// the decimals. More decimals than allowed are refused even if they are zeros, since
// "12,500" may mean twelve and a half thousand.
func parseAmount(s, point, group string, decimals int) (int64, error) {
	whole, frac, hasFrac := strings.Cut(s, point)
	if hasFrac && !isDigits(frac) {
		return 0, models.ErrNotAnAmount
	}
	whole, ok := removeGroupSeparators(whole, group)
	if !ok {
		return 0, models.ErrNotAnAmount
	}
	if len(frac) > decimals {
		return 0, models.ErrTooManyDecimals
	}
	var n int64
	for _, d := range whole + frac + strings.Repeat("0", decimals-len(frac)) {
		if n > (math.MaxInt64-9)/10 {
			return 0, models.ErrAmountTooLarge
		}
		n = n*10 + int64(d-'0')
	}
	return n, nil
}

// removeGroupSeparators removes the thousands separators; it is false unless all of them
// are the same character and every group but the first has three digits.
func removeGroupSeparators(s, group string) (string, bool) {
	if isDigits(s) {
		return s, true
	}
	for _, sep := range []string{group, " ", noBreakSpace, narrowNoBreakSpace, "\u2009"} {
		if sep == "" || !strings.Contains(s, sep) {
			continue
		}
		parts := strings.Split(s, sep)
		if len(parts[0]) > 3 || parts[0] == "0" {
			return "", false
		}
		for i, p := range parts {
			if !isDigits(p) || (i > 0 && len(p) != 3) {
				return "", false
			}
		}
		return strings.Join(parts, ""), true
	}
	return "", false
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
