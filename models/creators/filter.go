package creators

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tribemarket/models"
)

// Range is from Min to Max, both included; nil is open.
type Range struct{ Min, Max *int64 }

// open says whether the range leaves nothing out.
func (r Range) open() bool { return r.Min == nil && r.Max == nil }

func (r Range) same(o Range) bool {
	return compareCounts(r.Min, o.Min) == 0 && compareCounts(r.Max, o.Max) == 0
}

// Sort is the figure by which hits are sorted.
type Sort string

// The figures by which hits can be sorted.
const (
	ByStanding   Sort = "standing" // how far the figures can be trusted, then followers
	ByFollowers  Sort = "followers"
	ByEngagement Sort = "engagement"
	ByViews      Sort = "views"
)

// Filter is a search: the values of one filter are alternatives, and the
// filters hold together. The address of a search page is its Values. The zero
// Filter is every listed creator, in the order that Filter.order tells.
type Filter struct {
	Tribes, Platforms, Countries, Languages []string

	Followers  Range
	Engagement Range // in millionths
	Views      Range // median views
	Words      string
	Sort       Sort
	Descending bool
	After      *models.Cursor
	Before     *models.Cursor

	// Hidden are creators by id who are left out; no part of an address.
	Hidden []int64
}

// order is by what hits are sorted: unless said otherwise, verified and fresh
// figures first, then old ones, then unverified ones, the most followed first.
func (f Filter) order() (by Sort, descending bool) {
	if f.Sort == "" {
		return ByStanding, true
	}
	return f.Sort, f.Descending
}

// lists are the filters whose parameter repeats, in the order of an address.
func (f *Filter) lists() []list {
	return []list{{"tribe", &f.Tribes}, {"platform", &f.Platforms}, {"country", &f.Countries}, {"language", &f.Languages}}
}

type list struct {
	param  string
	values *[]string
}

// ranges are the filters with a lowest and a highest value.
func (f *Filter) ranges() []spread {
	return []spread{
		{"followers", &f.Followers, parseWhole, formatWhole},
		{"engagement", &f.Engagement, parsePercent, formatPercent},
		{"views", &f.Views, parseWhole, formatWhole},
	}
}

type spread struct {
	param  string
	limits *Range
	parse  func(string) (int64, bool)
	format func(int64) string
}

// Values is the filter as it stands in an address, always the same for the
// same search. What is as it would be anyway is left out.
func (f Filter) Values() url.Values {
	v := url.Values{}
	for _, l := range f.lists() {
		if len(*l.values) > 0 {
			v[l.param] = slices.Compact(slices.Sorted(slices.Values(*l.values)))
		}
	}
	for _, r := range f.ranges() {
		if r.limits.Min != nil {
			v.Set(r.param+"_min", r.format(*r.limits.Min))
		}
		if r.limits.Max != nil {
			v.Set(r.param+"_max", r.format(*r.limits.Max))
		}
	}
	if f.Words != "" {
		v.Set("q", f.Words)
	}
	if by, descending := f.order(); descending && by != ByStanding {
		v.Set("sort", "-"+string(by))
	} else if !descending {
		v.Set("sort", string(by))
	}
	if f.After != nil {
		v.Set("after", f.After.String())
	}
	if f.Before != nil {
		v.Set("before", f.Before.String())
	}
	return v
}

// With is the filter with one more value of a parameter (in place of the one
// it has, where a parameter has one), on its first page.
func (f Filter) With(param, value string) Filter {
	f = f.copied()
	for _, l := range f.lists() {
		if l.param == param && !slices.Contains(*l.values, value) {
			*l.values = slices.Sorted(slices.Values(append(*l.values, value)))
		}
	}
	for _, r := range f.ranges() {
		if n, ok := r.parse(value); ok {
			switch param {
			case r.param + "_min":
				r.limits.Min = &n
			case r.param + "_max":
				r.limits.Max = &n
			}
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

// Without is the filter without a value of a parameter, on its first page.
// With value "" it is without the parameter; "followers", "engagement" and
// "views" take both ends away whatever the value.
func (f Filter) Without(param, value string) Filter {
	f = f.copied()
	for _, l := range f.lists() {
		if l.param == param {
			*l.values = slices.DeleteFunc(*l.values, func(v string) bool { return value == "" || v == value })
		}
	}
	for _, r := range f.ranges() {
		if param == r.param || param == r.param+"_min" {
			r.limits.Min = nil
		}
		if param == r.param || param == r.param+"_max" {
			r.limits.Max = nil
		}
	}
	switch param {
	case "q":
		f.Words = ""
	case "sort":
		f.Sort, f.Descending = "", false
	}
	return f
}

// copied shares nothing with the filter, and stands on its first page.
func (f Filter) copied() Filter {
	f.After, f.Before = nil, nil
	for _, l := range f.lists() {
		*l.values = slices.Clone(*l.values)
	}
	return f
}

// Applied is one value of a filter, as a chip shows it and takes it away. A
// range is one, of the parameter without _min and _max.
type Applied struct {
	Param string
	Value string
}

// Applied lists what is applied, in a fixed order; sort and place are not filters.
func (f Filter) Applied() []Applied {
	var all []Applied
	for _, l := range f.lists() {
		for _, v := range *l.values {
			all = append(all, Applied{l.param, v})
		}
	}
	for _, r := range f.ranges() {
		if !r.limits.open() {
			all = append(all, Applied{r.param, r.text()})
		}
	}
	if f.Words != "" {
		all = append(all, Applied{"q", f.Words})
	}
	return all
}

func (r spread) text() string {
	var from, to string
	if r.limits.Min != nil {
		from = r.format(*r.limits.Min)
	}
	if r.limits.Max != nil {
		to = r.format(*r.limits.Max)
	}
	return from + "-" + to
}

func formatWhole(n int64) string { return strconv.FormatInt(n, 10) }

// formatPercent writes millionths as per cent: 45000 is 4.5.
func formatPercent(ppm int64) string {
	s := strconv.FormatInt(ppm/10_000, 10)
	if rest := ppm % 10_000; rest > 0 {
		s += strings.TrimRight("."+strconv.FormatInt(10_000+rest, 10)[1:], "0")
	}
	return s
}
