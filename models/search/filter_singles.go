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
	return []single{
		{"tribes", func() string { return word(f.AllTribes && len(f.Tribes) > 1, "all") }, flag(&f.AllTribes, "all", "any"), false},
		{"verified", func() string { return word(f.Verified, "1") }, flag(&f.Verified, "1", "0"), true},
		{"posted", func() string { return number(f.PostedWithin, 0) }, within(&f.PostedWithin, PostedWithin()), true},
		{"responds", func() string { return number(f.RespondsWithin, 0) }, within(&f.RespondsWithin, RespondsWithin()), true},
		{"format", func() string { return word(f.priced() && f.PriceFormat() != DefaultFormat, f.Format) }, f.setFormat, false},
		{"currency", func() string { return word(f.priced() && f.PriceCurrency() != DefaultCurrency, f.Currency) }, f.setCurrency, false},
		{"audience_country_min", share(&f.AudienceCountryMin, &f.AudienceCountries), percent(&f.AudienceCountryMin), false},
		{"audience_age_min", share(&f.AudienceAgeMin, &f.AudienceAges), percent(&f.AudienceAgeMin), false},
		{"audience_gender_min", share(&f.AudienceGenderMin, &f.AudienceGenders), percent(&f.AudienceGenderMin), false},
		{"free_from", func() string { return dayText(f.FreeFrom) }, date(&f.FreeFrom), false},
		{"free_to", func() string { return dayText(f.FreeTo) }, date(&f.FreeTo), false},
	}
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
	f.Format = word(slices.Contains(creators.Formats(), v) && v != DefaultFormat, v)
	return v == "" || v == DefaultFormat || f.Format != ""
}

// setCurrency leaves the limits of the price as they are written.
func (f *Filter) setCurrency(v string) bool {
	before := models.Exponent(f.PriceCurrency())
	f.Currency = word(models.KnownCurrency(v) && v != DefaultCurrency, v)
	for _, end := range []**int64{&f.Price.Min, &f.Price.Max} {
		if *end == nil {
			continue
		}
		if n, ok := text.ParseDecimal(text.FormatDecimal(**end, before), models.Exponent(f.PriceCurrency())); ok {
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
