package creators

import (
	"net/url"

	"tribemarket/models"
)

// Range is from Min to Max, both included; nil is open.
type Range struct{ Min, Max *int64 }

// Sort is the figure by which hits are sorted.
type Sort string

// The figures by which hits can be sorted.
const (
	ByFollowers  Sort = "followers"
	ByEngagement Sort = "engagement"
	ByViews      Sort = "views"
)

// Filter is a search: the values of one filter are alternatives, and the
// filters hold together. The address of a search page is its Values.
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
}

// Notice says what was changed in a filter that could not be taken as it came.
type Notice struct {
	Param string
	Key   string
	Args  []any
}

// ParseFilter reads a search from an address. Unknown parameters are ignored;
// a wrong value falls to the nearest lawful one, and a notice says so.
func ParseFilter(values url.Values, catalogue *Catalogue) (Filter, []Notice) {
	return Filter{}, nil
}

// Values is the filter as it stands in an address, always in the same order.
func (f Filter) Values() url.Values { return nil }

// With is the filter with one more value of a parameter (in place of the one
// it has, where a parameter has one), on its first page.
func (f Filter) With(param, value string) Filter { return f }

// Without is the filter without a value of a parameter, on its first page.
// With value "" it is without the parameter; "followers", "engagement" and
// "views" take both ends away.
func (f Filter) Without(param, value string) Filter { return f }

// Applied is one value of a filter, as a chip shows it and takes it away.
type Applied struct {
	Param string
	Value string
}

// Applied lists what is applied, in a fixed order; sort and place are not filters.
func (f Filter) Applied() []Applied { return nil }
