package search

import (
	"context"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/search"
	"tribemarket/views/paths"
)

// group are the filters that stand below each other under one heading.
type group struct {
	name    string
	filters []search.FilterDefinition
}

func filterGroups() (all []group) {
	for _, d := range search.FilterDefinitions() {
		if len(all) == 0 || all[len(all)-1].name != d.Group {
			all = append(all, group{name: d.Group})
		}
		last := &all[len(all)-1]
		last.filters = append(last.filters, d)
	}
	return all
}

// Opened and Whole are parameters of a request for this page that are no part
// of the search: filters whose content is wanted, and those of which all values are.
const (
	Opened = "open"
	Whole  = "more"
)

// filterColumn is the filters of a search with what they all need, made once.
type filterColumn struct {
	SearchProps
	query   url.Values      // the search as an address has it
	applied map[string]bool // by parameter
}

func (p SearchProps) newFilterColumn() filterColumn {
	c := filterColumn{SearchProps: p, query: p.Filter.Values(), applied: map[string]bool{}}
	for _, a := range p.Filter.AppliedFilters() {
		c.applied[a.Param] = true
	}
	return c
}

// filterFold is one filter. What it asks comes when it is opened, but for those that
// are open from the start because they are important or say something.
type filterFold struct {
	id, label string
	open      bool
	body      templ.Component
	later     string // where the rest comes from
}

func (c filterColumn) filterFolds(ctx context.Context, filters []search.FilterDefinition) []filterFold {
	var all []filterFold
	for _, d := range filters {
		if d.Vocabulary == search.Regions && len(c.Filter.Countries)+len(c.Filter.Regions) == 0 {
			continue // there are too many of them in the world
		}
		f := filterFold{
			id: "filter-" + d.Param, label: i18n.T(ctx, "search.filter."+d.Param), later: c.urlWithOpened(Opened, d.Param),
			open: d.OpenFirst || c.applied[d.Param] || slices.Contains(c.Open, d.Param) || slices.Contains(c.More, d.Param),
		}
		if f.open {
			f.body = c.filterBody(ctx, d)
		}
		all = append(all, f)
	}
	return all
}

// urlWithOpened is this search with one more thing of the page opened.
func (c filterColumn) urlWithOpened(param, value string) string {
	q := url.Values{param: {value}}.Encode()
	if rest := c.query.Encode(); rest != "" {
		q = rest + "&" + q
	}
	return paths.Creators(nil) + "?" + q
}

func (c filterColumn) filterBody(ctx context.Context, d search.FilterDefinition) templ.Component {
	switch {
	case d.Kind == search.KindWithin:
		return c.radioButtons(c.filterChoiceOf(ctx, d))
	case d.Kind == search.KindFlag:
		return c.flagField(d)
	case d.Kind == search.KindPeriod:
		return c.freeDaysFields()
	case d.Unit == search.UnitMoney:
		return c.priceFields(c.rangeFilterOf(ctx, d))
	case d.Kind == search.KindRange:
		return c.spreadFields(c.rangeFilterOf(ctx, d))
	}
	return c.filterListOf(ctx, d).listFields()
}

// isOpened says whether the filter was opened by hand, which every further
// request has to say too.
func (c filterColumn) isOpened(name string) bool {
	return slices.Contains(c.Open, name) && !c.applied[name]
}

// filterChoice is one of few answers.
type filterChoice struct {
	name, legend string
	answers      []filterOption
}

func (c filterColumn) filterChoiceOf(ctx context.Context, d search.FilterDefinition) filterChoice {
	chosen := d.NumberOf(c.Filter)
	x := filterChoice{name: d.Param, legend: i18n.T(ctx, "search.filter."+d.Param), answers: []filterOption{{label: capitalise(i18n.T(ctx, "search.any")), chosen: chosen == 0}}}
	for _, n := range d.Options {
		o := c.countedOption(ctx, d.Param, wholeNumber(n))
		o.label, o.chosen = withinText(ctx, d.Unit, n), n == chosen
		x.answers = append(x.answers, o)
	}
	return x
}

// withinText is a time that can be chosen; hours are written as days from three on.
func withinText(ctx context.Context, unit search.Unit, n int64) string {
	switch {
	case unit == search.UnitDays:
		return i18n.T(ctx, "search.posted", "n", n)
	case n >= 72:
		return i18n.T(ctx, "common.days", "n", n/24)
	}
	return i18n.T(ctx, "common.hours", "n", n)
}

// countedOption is a value with how many have it, where that is known.
func (c filterColumn) countedOption(ctx context.Context, name, value string) filterOption {
	counts, known := c.Result.Facets.Lists[name]
	for _, x := range counts {
		if x.Value == value {
			return filterOption{value: value, count: i18n.Number(ctx, x.N), off: x.N == 0}
		}
	}
	if !known {
		return filterOption{value: value}
	}
	return filterOption{value: value, count: i18n.Number(ctx, 0), off: true}
}
