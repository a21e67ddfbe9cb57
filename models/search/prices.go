package search

import (
	"strings"

	"tribemarket/models"
	"tribemarket/models/text"
)

// currencyNames are the signs and names of currencies, besides their codes.
var currencyNames = map[string]string{
	"€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "dollar": "USD", "dollars": "USD", "£": "GBP", "pound": "GBP", "pounds": "GBP", "pond": "GBP",
	"francs suisses": "CHF", "zloty": "PLN", "zlotys": "PLN", "yen": "JPY", "¥": "JPY",
}

// ParseCurrency parses a currency's sign, name or code.
func ParseCurrency(s string) (code string, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if code, ok := currencyNames[s]; ok {
		return code, true
	}
	code = strings.ToUpper(s)
	return code, models.IsKnownCurrency(code)
}

// splitPrice separates a price as people type it from its currency, before or after it.
func splitPrice(typed string) (number, currency string) {
	typed = strings.TrimSpace(typed)
	from, to := strings.IndexFunc(typed, isDigit), strings.LastIndexFunc(typed, isDigit)
	if from < 0 {
		return typed, ""
	}
	to++
	if code, ok := ParseCurrency(typed[:from]); ok {
		return typed[from:], code
	}
	after := strings.TrimLeft(typed[to:], " \u00a0\u202f")
	for i := range after {
		if code, ok := ParseCurrency(after[i:]); ok {
			return typed[:to] + after[:i], code
		}
	}
	return typed, ""
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// parsePrice parses a price as people type it, in minor units: 600, €600, 1.5k, 600 euros.
func parsePrice(typed string, decimals int) (int64, bool) {
	number, _ := splitPrice(typed)
	return text.ParseAmount(number, decimals)
}

// readTypedCurrency takes the currency that was typed with a price.
func (p *filterParser) readTypedCurrency() {
	for _, param := range []string{"price_min", "price_max"} {
		if _, code := splitPrice(p.firstValue(param)); code != "" && code != p.f.PriceCurrency() {
			p.f.setCurrency(code)
			p.addNotice("currency", "currency", "currency", code)
		}
	}
}
