package sentence

import (
	"strconv"
	"strings"

	"tribemarket/models/search"
	"tribemarket/models/text"
)

// decimals is how many decimals a number of a sentence keeps.
const decimals = 6

// one is 1 in units of the last decimal.
const one = 1_000_000

// amount is a number with what was written around it.
type amount struct {
	number    int64 // in millionths, before its magnitude
	magnitude int64 // 1000 for 50k; 1 if none was written
	percent   bool
	currency  string
}

// value returns the number in millionths.
func (a amount) value() int64 { return a.number * a.magnitude }

// hasUnit says whether something besides digits was written.
func (a amount) hasUnit() bool { return a.magnitude > 1 || a.percent || a.currency != "" }

// format writes the number as the parameters of filters do.
func (a amount) format() string { return text.FormatDecimal(a.value(), decimals) }

// magnitudes are the words and letters that multiply a number.
var magnitudes = map[string]int64{
	"k": 1e3, "mille": 1e3, "thousand": 1e3, "duizend": 1e3,
	"m": 1e6, "mio": 1e6, "mln": 1e6, "million": 1e6, "millions": 1e6, "miljoen": 1e6,
}

// currencyAt reads the currency at a token, and of how many tokens it is made.
func (p *parser) currencyAt(i int) (code string, n int) {
	n = p.longest(i, func(phrase string) bool {
		named, ok := search.ParseCurrency(phrase)
		if ok {
			code = named
		}
		return ok
	})
	return code, n
}

// amountAt reads the number at a token with its unit, and of how many tokens it is made.
func (p *parser) amountAt(i int) (a amount, n int) {
	at := i
	code, skip := p.currencyAt(at)
	at += skip
	if !p.is(at, number) {
		return amount{}, 0
	}
	written := p.tokens[at].typed
	at++
	a.magnitude, a.currency = 1, code
	if size := magnitudes[p.textAt(at)]; size > 0 {
		a.magnitude = size
		at++
	}
	var ok bool
	if a.number, ok = parseNumber(written, a.magnitude); !ok {
		return amount{}, 0
	}
	if percent := p.longest(at, isOneOf(percentWords)); percent > 0 {
		a.percent = true
		at += percent
	} else if code, skip := p.currencyAt(at); code != "" && a.currency == "" {
		a.currency = code
		at += skip
	}
	return a, at - i
}

// parseNumber parses digits with their separators, in millionths. Three digits after a
// single separator are thousands, unless the number is abbreviated.
func parseNumber(s string, magnitude int64) (int64, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\'', '’':
			return -1
		}
		return r
	}, s)
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' })
	whole, part := strings.Join(groups, ""), ""
	if last := groups[len(groups)-1]; len(groups) > 1 && (len(last) != 3 || len(groups) == 2 && (magnitude > 1 || groups[0] == "0")) {
		whole, part = strings.Join(groups[:len(groups)-1], ""), last
	}
	n, err := strconv.ParseInt(whole+(part + strings.Repeat("0", decimals))[:decimals], 10, 64)
	return n, err == nil && n <= text.MostCount*one/magnitude
}
