package search

import (
	"slices"
	"strconv"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/text"
)

// single is a parameter with one value; get gives "" for what is as it would be
// anyway, and set says whether it understood.
type single struct {
	param   string
	get     func() string
	set     func(string) bool
	filters bool // it narrows the search by itself
}

// singles are the filters that have one value, and what says how others are meant.
func (f *Filter) singles() []single {
	all := []single{{"tribes", func() string { return word(f.AllTribes && len(f.Tribes) > 1, "all") }, flag(&f.AllTribes, "all", "any"), false}}
	for _, d := range ofKind(KindFlag) {
		on := d.on(f)
		all = append(all, single{d.Param, func() string { return word(*on, "1") }, flag(on, "1", "0"), true})
	}
	for _, d := range ofKind(KindWithin) {
		n := d.number(f)
		all = append(all, single{d.Param, func() string { return number(*n, 0) }, within(n, d.Options), true})
	}
	all = append(all,
		single{"format", func() string { return word(f.priced() && f.PriceFormat() != DefaultFormat, f.Format) }, f.setFormat, false},
		single{"currency", func() string { return word(f.priced() && f.PriceCurrency() != DefaultCurrency, f.Currency) }, f.setCurrency, false},
	)
	for _, d := range ofKind(KindShare) {
		all = append(all, single{d.Param + "_min", share(d.number(f), d.values(f)), percent(d.number(f)), false})
	}
	return append(all,
		single{"free_from", func() string { return dayText(f.FreeFrom) }, date(&f.FreeFrom), false},
		single{"free_to", func() string { return dayText(f.FreeTo) }, date(&f.FreeTo), false},
	)
}

// ShareAsked is the part of an audience that a filter asks for, in per cent.
func ShareAsked(least int64) int64 {
	if least == 0 {
		return DefaultShare
	}
	return least
}

func word(on bool, value string) string {
	if on {
		return value
	}
	return ""
}

func number(n, usual int64) string { return word(n != usual, strconv.FormatInt(n, 10)) }

func flag(into *bool, on, off string) func(string) bool {
	return func(v string) bool { *into = v == on; return v == on || v == off || v == "" }
}

func within(into *int64, some []int64) func(string) bool {
	return func(v string) bool {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || !slices.Contains(some, n) {
			*into = 0
			return v == ""
		}
		*into = n
		return true
	}
}

// share says nothing where no part of the audience is chosen.
func share(least *int64, chosen *[]string) func() string {
	return func() string { return word(len(*chosen) > 0 && *least != 0, number(*least, DefaultShare)) }
}

func percent(into *int64) func(string) bool {
	return func(v string) bool {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n < 1 || n > 100 {
			*into = 0
			return v == ""
		}
		*into = n
		return true
	}
}

func (f *Filter) setFormat(v string) bool {
	f.Format = word(slices.Contains(creators.PostFormats(), v) && v != DefaultFormat, v)
	return v == "" || v == DefaultFormat || f.Format != ""
}

// setCurrency leaves the limits of the price as they are written.
func (f *Filter) setCurrency(v string) bool {
	before := models.CurrencyDecimals(f.PriceCurrency())
	f.Currency = word(models.IsKnownCurrency(v) && v != DefaultCurrency, v)
	for _, end := range []**int64{&f.Price.Min, &f.Price.Max} {
		if *end == nil {
			continue
		}
		if n, ok := text.ParseDecimal(text.FormatDecimal(**end, before), models.CurrencyDecimals(f.PriceCurrency())); ok {
			*end = &n
		}
	}
	return v == "" || v == DefaultCurrency || f.Currency != ""
}

func dayText(d models.Date) string { return word(d != models.Date{}, d.String()) }

func date(into *models.Date) func(string) bool {
	return func(v string) bool {
		d, err := models.ParseDate(v)
		if err != nil {
			*into = models.Date{}
			return v == ""
		}
		*into = d
		return true
	}
}
