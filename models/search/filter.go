package search

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tribemarket/models"
	"tribemarket/models/text"
)

// Range is from Min to Max, inclusive; nil is open.
type Range struct{ Min, Max *int64 }

// isOpen says whether the range excludes nothing.
func (r Range) isOpen() bool { return r.Min == nil && r.Max == nil }

func (r Range) equals(o Range) bool {
	return sameEnd(r.Min, o.Min) && sameEnd(r.Max, o.Max)
}

func sameEnd(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }

// Sort is what hits are sorted by.
type Sort string

// The orders. Growth is over 30 days; price and cpm are of the filter's format
// in its currency.
const (
	ByRelevance  Sort = "relevance"
	ByFollowers  Sort = "followers"
	ByEngagement Sort = "engagement"
	ByViews      Sort = "views" // median
	ByGrowth     Sort = "growth"
	ByPrice      Sort = "price"
	ByCPM        Sort = "cpm" // price ÷ median views × 1000
)

// Sorts lists every order, the default first.
func Sorts() []Sort {
	return []Sort{ByRelevance, ByFollowers, ByEngagement, ByViews, ByGrowth, ByPrice, ByCPM}
}

// Filter is a search: the values within one filter are alternatives, and a hit
// meets all filters. The query of a search page's URL is its Values. The zero
// Filter finds every listed creator, most relevant first.
type Filter struct {
	Tribes, Platforms, Countries, Languages []string

	Regions    []string // ISO 3166-2
	Types      []string // content types that the creator offers
	Categories []string // of brands that the creator has worked with
	AllTribes  bool     // all of the tribes, not just one of them

	Followers  Range
	Engagement Range // in millionths
	Views      Range // median views
	MeanViews  Range
	Growth     Range // of followers over 30 days, in millionths; may be negative
	Growth90   Range
	Posts      Range // in 30 days

	Price    Range  // of a post of the format in the currency, in minor units
	Format   string // "" is a video
	Currency string // "" is DefaultCurrency

	// One of the chosen parts of the audience has at least this share, in per cent.
	AudienceCountries, AudienceAges, AudienceGenders []string

	AudienceCountryMin, AudienceAgeMin, AudienceGenderMin int64 // 0 is DefaultShare

	Joined         bool  // the creator uses this marketplace
	Priced         bool  // the creator names a starting price, whatever its format and currency
	Verified       bool  // figures from the platform itself
	PostedWithin   int64 // days, one of PostedWithin(); 0 is any time
	RespondsWithin int64 // hours, one of RespondsWithin(); 0 is any

	FreeFrom, FreeTo models.Date // not away, and room for work; zero is any time

	Words      string
	Sort       Sort
	Descending bool
	After      *models.Cursor
	Before     *models.Cursor

	// Hidden are the ids of creators to leave out; not part of a URL.
	Hidden []int64
}

// Defaults of a filter.
const (
	DefaultFormat   = "video"
	DefaultCurrency = "EUR"
	DefaultShare    = 30 // per cent
)

// PriceFormat returns the format whose prices are meant.
func (f Filter) PriceFormat() string {
	if f.Format == "" {
		return DefaultFormat
	}
	return f.Format
}

// PriceCurrency returns the currency whose prices are meant.
func (f Filter) PriceCurrency() string {
	if f.Currency == "" {
		return DefaultCurrency
	}
	return f.Currency
}

// usesPrice says whether the format and the currency matter.
func (f Filter) usesPrice() bool { return !f.Price.isOpen() || f.Sort == ByPrice || f.Sort == ByCPM }

// sortOrder returns what hits are sorted by: relevance by default.
func (f Filter) sortOrder() (by Sort, descending bool) {
	if f.Sort == "" {
		return ByRelevance, true
	}
	return f.Sort, f.Descending
}

// SortParam is the value of the order in a URL: a minus means descending.
func (f Filter) SortParam() string {
	by, descending := f.sortOrder()
	if descending {
		return "-" + string(by)
	}
	return string(by)
}

// listFilters are the filters whose parameter repeats, in the order of a URL.
func (f *Filter) listFilters() []listFilter {
	var all []listFilter
	for _, d := range ofKind(KindList, KindShare) {
		all = append(all, listFilter{d, d.values(f)})
	}
	return all
}

type listFilter struct {
	*FilterDefinition
	chosen *[]string
}

// rangeFilters are the filters with a minimum and a maximum.
func (f *Filter) rangeFilters() []rangeFilter {
	var all []rangeFilter
	for _, d := range ofKind(KindRange) {
		s := rangeFilter{FilterDefinition: d, limits: d.limits(f), parse: parseWhole, format: formatWhole}
		switch d.Unit {
		case UnitPercent:
			s.parse, s.format = text.ParsePercent, text.FormatPercent
		case UnitMoney:
			decimals := models.CurrencyDecimals(f.PriceCurrency())
			s.parse = func(typed string) (int64, bool) { return parsePrice(typed, decimals) }
			s.format = func(n int64) string { return text.FormatDecimal(n, decimals) }
		}
		all = append(all, s)
	}
	return all
}

type rangeFilter struct {
	*FilterDefinition
	limits *Range
	parse  func(string) (int64, bool)
	format func(int64) string
}

// Values encodes the filter for a URL, always the same for the same search.
// Defaults are left out.
func (f Filter) Values() url.Values {
	v := url.Values{}
	for _, l := range f.listFilters() {
		if len(*l.chosen) > 0 {
			v[l.Param] = slices.Compact(slices.Sorted(slices.Values(*l.chosen)))
		}
	}
	for _, r := range f.rangeFilters() {
		if r.limits.Min != nil {
			v.Set(r.Param+"_min", r.format(*r.limits.Min))
		}
		if r.limits.Max != nil {
			v.Set(r.Param+"_max", r.format(*r.limits.Max))
		}
	}
	for _, x := range f.singleParams() {
		if value := x.get(); value != "" {
			v.Set(x.param, value)
		}
	}
	if f.Words != "" {
		v.Set("q", f.Words)
	}
	if order := f.SortParam(); order != "-"+string(ByRelevance) {
		v.Set("sort", order)
	}
	if f.After != nil {
		v.Set("after", f.After.String())
	}
	if f.Before != nil {
		v.Set("before", f.Before.String())
	}
	return v
}

// With returns the filter with another value of a parameter (replacing the
// value of a single-valued one), on its first page.
func (f Filter) With(param, value string) Filter {
	f = f.firstPageCopy()
	for _, l := range f.listFilters() {
		if l.Param == param && !slices.Contains(*l.chosen, value) {
			*l.chosen = slices.Sorted(slices.Values(append(*l.chosen, value)))
		}
	}
	for _, r := range f.rangeFilters() {
		if n, ok := r.parse(value); ok {
			switch param {
			case r.Param + "_min":
				r.limits.Min = &n
			case r.Param + "_max":
				r.limits.Max = &n
			}
		}
	}
	for _, x := range f.singleParams() {
		if x.param == param {
			x.set(value)
		}
	}
	switch param {
	case "q":
		f.Words = value
	case "sort":
		f.Sort, f.Descending = Sort(strings.TrimPrefix(value, "-")), strings.HasPrefix(value, "-")
	}
	return f
}

// Without returns the filter without a value of a parameter, on its first page;
// value "" drops the whole parameter. The name of a range drops both ends
// whatever the value, and "free" both days.
func (f Filter) Without(param, value string) Filter {
	f = f.firstPageCopy()
	for _, l := range f.listFilters() {
		if l.Param == param {
			*l.chosen = slices.DeleteFunc(*l.chosen, func(v string) bool { return value == "" || v == value })
		}
	}
	for _, r := range f.rangeFilters() {
		if param == r.Param || param == r.Param+"_min" {
			r.limits.Min = nil
		}
		if param == r.Param || param == r.Param+"_max" {
			r.limits.Max = nil
		}
	}
	for _, x := range f.singleParams() {
		if x.param == param {
			x.set("")
		}
	}
	switch param {
	case "free":
		f.FreeFrom, f.FreeTo = models.Date{}, models.Date{}
	case "q":
		f.Words = ""
	case "sort":
		f.Sort, f.Descending = "", false
	}
	return f
}

// firstPageCopy returns a deep copy of the filter, on its first page.
func (f Filter) firstPageCopy() Filter {
	f.After, f.Before = nil, nil
	for _, l := range f.listFilters() {
		*l.chosen = slices.Clone(*l.chosen)
	}
	return f
}

// AppliedFilter is one value of a filter, which a chip shows and removes. A range
// counts as one, with the parameter without _min and _max, and so does a period.
type AppliedFilter struct {
	Param string
	Value string
}

// AppliedFilters lists the applied filters in a fixed order; sort and page are
// not filters, nor are parameters that only modify another one.
func (f Filter) AppliedFilters() []AppliedFilter {
	var all []AppliedFilter
	for _, l := range f.listFilters() {
		for _, v := range *l.chosen {
			all = append(all, AppliedFilter{l.Param, v})
		}
	}
	for _, r := range f.rangeFilters() {
		if !r.limits.isOpen() {
			all = append(all, AppliedFilter{r.Param, r.text()})
		}
	}
	for _, x := range f.singleParams() {
		if value := x.get(); x.filters && value != "" {
			all = append(all, AppliedFilter{x.param, value})
		}
	}
	if f.FreeFrom != (models.Date{}) {
		all = append(all, AppliedFilter{"free", f.FreeFrom.String() + "/" + f.FreeTo.String()})
	}
	if f.Words != "" {
		all = append(all, AppliedFilter{"q", f.Words})
	}
	return all
}

func (r rangeFilter) text() string {
	var from, to string
	if r.limits.Min != nil {
		from = r.format(*r.limits.Min)
	}
	if r.limits.Max != nil {
		to = r.format(*r.limits.Max)
	}
	if r.Signed {
		return from + ".." + to
	}
	return from + "-" + to
}

func formatWhole(n int64) string { return strconv.FormatInt(n, 10) }
