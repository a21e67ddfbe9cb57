package terms

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

func (r *reader) currency() string {
	c := strings.ToUpper(strings.TrimSpace(r.Currency))
	if !models.IsKnownCurrency(c) {
		r.wrong.Add("currency", "terms.invalid.currency")
	}
	return c
}

// amount reads an amount of money in minor units; an empty text is none.
func (r *reader) amount(field, s string) int64 {
	currency := strings.ToUpper(strings.TrimSpace(r.Currency))
	if s = strings.TrimSpace(s); s == "" || !models.IsKnownCurrency(currency) {
		return 0
	}
	read := r.ReadMoney
	if read == nil {
		read = models.ParseMoney
	}
	m, err := read(s, currency)
	example := models.Money{Minor: 1234, Currency: currency}
	for range models.CurrencyDecimals(currency) {
		example.Minor *= 10
	}
	switch {
	case err == nil:
		return m.Minor
	case errors.Is(err, models.ErrNotAnAmount):
		r.wrong.Add(field, "common.amount_invalid", "example", example)
	case errors.Is(err, models.ErrTooManyDecimals):
		r.wrong.Add(field, "common.amount_decimals", "n", models.CurrencyDecimals(currency))
	case errors.Is(err, models.ErrAmountTooLarge):
		r.wrong.Add(field, "common.amount_large")
	default:
		r.wrong.Add(field, "common.amount_ambiguous", "example", example)
	}
	return 0
}

// share reads a percentage, in millionths.
func (r *reader) share(field, s string) int64 {
	if s = strings.TrimSpace(s); s == "" {
		return 0
	}
	ppm, ok := text.ParsePercent(s)
	if !ok || ppm <= 0 || ppm > maxCommissionPPM {
		r.wrong.Add(field, "terms.invalid.share", "most", maxCommissionPPM/millionthsPerCent)
		return 0
	}
	return ppm
}

// number reads a whole number from 0 on; an empty text is 0.
func (r *reader) number(field, s string, most int) int {
	if s = strings.TrimSpace(s); s == "" {
		return 0
	}
	return r.numberFrom(field, s, 0, most)
}

func (r *reader) numberFrom(field, s string, least, most int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		r.wrong.Add(field, "terms.invalid.number", "least", least, "most", most)
		return least
	}
	return n
}

// choice reads one of some values, "" for none.
func (r *reader) choice(field, s string, of []string) string {
	if s == "" {
		return ""
	}
	return r.required(field, s, of)
}

func (r *reader) required(field, s string, of []string) string {
	if !slices.Contains(of, s) {
		r.wrong.Add(field, keyOf(field, "choice"))
		return ""
	}
	return s
}

// named are the fields whose missing answer has a text of its own.
var named = []string{"product", "disclosure", "content_type", "format", "platform", "due_on"}

func keyOf(field, usual string) string {
	if name := field[strings.LastIndexByte(field, '.')+1:]; slices.Contains(named, name) {
		return "terms.invalid." + name
	}
	return "terms.invalid." + usual
}

func (r *reader) countries(field string, codes []string) []string {
	var all []string
	for _, c := range codes {
		if c = strings.TrimSpace(c); c == "" || slices.Contains(all, c) {
			continue
		}
		if !places.IsKnownCountry(c) {
			r.wrong.Add(field, "terms.invalid.country")
			return nil
		}
		all = append(all, c)
	}
	if len(all) > MaxAudience {
		r.wrong.Add(field, "terms.invalid.many", "most", MaxAudience)
	}
	slices.Sort(all)
	return all
}

// line reads a text of one line.
func (r *reader) line(field, s string, required bool, most int) string {
	s = text.SingleLine(s)
	r.length(field, s, required, most)
	return s
}

func (r *reader) length(field, s string, required bool, most int) {
	switch n := text.Length(s); {
	case n == 0 && required:
		r.wrong.Add(field, keyOf(field, "required"))
	case n > most:
		r.wrong.Add(field, "terms.invalid.long", "most", most)
	case r.rules.UnprintableLetter != nil:
		if letter := r.rules.UnprintableLetter(s); letter != "" {
			r.wrong.Add(field, "contracts.error.letter", "letter", letter)
		}
	}
}

// day reads a day that is not in the past, nor more than two years ahead.
func (r *reader) day(field, s string, required bool) models.Date {
	if s = strings.TrimSpace(s); s == "" && !required {
		return models.Date{}
	}
	d, err := models.ParseDate(s)
	today := r.rules.Today
	last := models.DateOf(time.Date(today.Year+maxYearsAhead, today.Month, today.Day, 12, 0, 0, 0, time.UTC))
	switch {
	case err != nil:
		r.wrong.Add(field, keyOf(field, "day"))
	case d.Before(today) && !slices.Contains(r.rules.AgreedDays, d):
		r.wrong.Add(field, "terms.invalid.day_past", "today", today)
	case last.Before(d):
		r.wrong.Add(field, "terms.invalid.day_far", "last", last)
	}
	return d
}
