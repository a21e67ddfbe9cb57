package models

import (
	"errors"
	"math"
	"strings"
)

// Money is an amount in minor units (cents, or yen) of an ISO 4217 currency.
type Money struct {
	Minor    int64
	Currency string
}

// currencies are the currencies in which a fee can be agreed, by ISO 4217 code,
// with their number of decimals.
var currencies = map[string]int{
	"EUR": 2, "USD": 2, "GBP": 2, "CHF": 2, "CAD": 2, "AUD": 2, "SEK": 2,
	"NOK": 2, "DKK": 2, "PLN": 2, "CZK": 2, "JPY": 0, "KWD": 3,
}

// Currencies lists the ISO 4217 codes in which a fee can be agreed, most used first.
func Currencies() []string {
	return []string{"EUR", "USD", "GBP", "CHF", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK", "JPY", "KWD"}
}

// CurrencyOfCountry is the currency that people of a country usually count in, of Currencies;
// the first of them where that is none of them.
func CurrencyOfCountry(country string) string {
	switch country {
	case "GB", "GG", "IM", "JE":
		return "GBP"
	case "US", "EC", "PR", "SV":
		return "USD"
	case "CH", "LI":
		return "CHF"
	case "DK", "FO", "GL":
		return "DKK"
	case "CA", "AU", "SE", "NO", "PL", "CZ", "JP", "KW":
		return map[string]string{"CA": "CAD", "AU": "AUD", "SE": "SEK", "NO": "NOK", "PL": "PLN", "CZ": "CZK", "JP": "JPY", "KW": "KWD"}[country]
	}
	return Currencies()[0]
}

// CurrencyDecimals is the number of decimals of a currency; 2 for an unknown one.
func CurrencyDecimals(currency string) int {
	if e, ok := currencies[currency]; ok {
		return e
	}
	return 2
}

// IsKnownCurrency says whether fees can be agreed in the currency.
func IsKnownCurrency(code string) bool {
	_, ok := currencies[code]
	return ok
}

// Errors of ParseMoney and Add.
var (
	ErrNotAnAmount     = errors.New("not an amount")
	ErrTooManyDecimals = errors.New("more decimals than the currency has")
	ErrAmountTooLarge  = errors.New("amount too large")
	ErrOtherCurrency   = errors.New("amounts of two currencies")
)

// MaxMinor is the largest amount that people can enter: 10 billion in a
// currency with two decimals, far from overflow when amounts are added.
const MaxMinor int64 = 1_000_000_000_000

// ParseMoney parses a plain decimal amount ("1234.5"): digits and at most one
// point, never negative. internal/i18n parses localised amounts.
func ParseMoney(s, currency string) (Money, error) {
	if !IsKnownCurrency(currency) {
		return Money{}, ErrOtherCurrency
	}
	whole, frac, point := strings.Cut(s, ".")
	if whole == "" || (point && frac == "") {
		return Money{}, ErrNotAnAmount
	}
	exp := CurrencyDecimals(currency)
	if len(frac) > exp {
		if strings.Trim(frac[exp:], "0") != "" {
			if strings.Trim(frac, "0123456789") != "" {
				return Money{}, ErrNotAnAmount
			}
			return Money{}, ErrTooManyDecimals
		}
		frac = frac[:exp]
	}
	var n int64
	for _, r := range whole + frac + strings.Repeat("0", exp-len(frac)) {
		if r < '0' || r > '9' {
			return Money{}, ErrNotAnAmount
		}
		if n > (math.MaxInt64-9)/10 {
			return Money{}, ErrAmountTooLarge
		}
		n = n*10 + int64(r-'0')
	}
	if n > MaxMinor {
		return Money{}, ErrAmountTooLarge
	}
	return Money{n, currency}, nil
}

// Add returns the sum of two amounts in the same currency.
func (m Money) Add(o Money) (Money, error) {
	if m.Currency != o.Currency {
		return Money{}, ErrOtherCurrency
	}
	s := m.Minor + o.Minor
	if (o.Minor > 0) != (s > m.Minor) && o.Minor != 0 {
		return Money{}, ErrAmountTooLarge
	}
	return Money{s, m.Currency}, nil
}

// IsZero says whether the amount is zero.
func (m Money) IsZero() bool { return m.Minor == 0 }

// DecimalString returns the amount as ParseMoney parses it, without the currency.
func (m Money) DecimalString() string {
	exp := CurrencyDecimals(m.Currency)
	neg := m.Minor < 0
	var digits []byte
	for n, i := m.Minor, 0; n != 0 || i <= exp; i++ {
		if i == exp && exp > 0 {
			digits = append(digits, '.')
		}
		d := n % 10
		if d < 0 {
			d = -d
		}
		digits = append(digits, byte('0'+d))
		n /= 10
	}
	if neg {
		digits = append(digits, '-')
	}
	for i, j := 0, len(digits)-1; i < j; i, j = i+1, j-1 {
		digits[i], digits[j] = digits[j], digits[i]
	}
	return string(digits)
}
