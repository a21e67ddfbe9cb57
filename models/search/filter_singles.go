package search

import (
	"slices"
	"strconv"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/text"
)

// singleParam is a parameter with one value; get returns "" for the default, and set
// says whether the value is valid.
type singleParam struct {
	param   string
	get     func() string
	set     func(string) bool
	filters bool // it narrows down the search by itself
}

// singleParams are the filters with one value, and the parameters that modify other
// filters.
func (f *Filter) singleParams() []singleParam {
	all := []singleParam{{"tribes", func() string { return textIf(f.AllTribes && len(f.Tribes) > 1, "all") }, setFlag(&f.AllTribes, "all", "any"), false}}
	for _, d := range ofKind(KindFlag) {
		on := d.on(f)
		all = append(all, singleParam{d.Param, func() string { return textIf(*on, "1") }, setFlag(on, "1", "0"), true})
	}
	for _, d := range ofKind(KindWithin) {
		n := d.number(f)
		all = append(all, singleParam{d.Param, func() string { return numberText(*n, 0) }, setOption(n, d.Options), true})
	}
	all = append(all,
		singleParam{"format", func() string { return textIf(f.usesPrice() && f.PriceFormat() != DefaultFormat, f.Format) }, f.setFormat, false},
		singleParam{"currency", func() string { return textIf(f.usesPrice() && f.PriceCurrency() != DefaultCurrency, f.Currency) }, f.setCurrency, false},
	)
	for _, d := range ofKind(KindShare) {
		all = append(all, singleParam{d.Param + "_min", shareText(d.number(f), d.values(f)), setPercent(d.number(f)), false})
	}
	return append(all,
		singleParam{"free_from", func() string { return dayText(f.FreeFrom) }, setDate(&f.FreeFrom), false},
		singleParam{"free_to", func() string { return dayText(f.FreeTo) }, setDate(&f.FreeTo), false},
	)
}

// ShareAsked returns the least share of an audience that a filter asks for, in per cent.
func ShareAsked(least int64) int64 {
	if least == 0 {
		return DefaultShare
	}
	return least
}

func textIf(on bool, value string) string {
	if on {
		return value
	}
	return ""
}

func numberText(n, usual int64) string { return textIf(n != usual, strconv.FormatInt(n, 10)) }

func setFlag(into *bool, on, off string) func(string) bool {
	return func(v string) bool { *into = v == on; return v == on || v == off || v == "" }
}

func setOption(into *int64, some []int64) func(string) bool {
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

// shareText is "" if no part of the audience is chosen.
func shareText(least *int64, chosen *[]string) func() string {
	return func() string { return textIf(len(*chosen) > 0 && *least != 0, numberText(*least, DefaultShare)) }
}

func setPercent(into *int64) func(string) bool {
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
	f.Format = textIf(slices.Contains(content.Formats(), v) && v != DefaultFormat, v)
	return v == "" || v == DefaultFormat || f.Format != ""
}

// setCurrency keeps the limits of the price as typed.
func (f *Filter) setCurrency(v string) bool {
	before := models.CurrencyDecimals(f.PriceCurrency())
	f.Currency = textIf(models.IsKnownCurrency(v) && v != DefaultCurrency, v)
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

func dayText(d models.Date) string { return textIf(d != models.Date{}, d.String()) }

func setDate(into *models.Date) func(string) bool {
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
