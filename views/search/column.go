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

// group is a group of filters under one heading.
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

// Opened and Whole are parameters of this page that are not part of the search: the
// filters whose content was opened, and those of which all values are shown.
const (
	Opened = "open"
	Whole  = "more"
)

// filterColumn is the column of filters with what all of them need, computed once.
type filterColumn struct {
	SearchProps
	query   url.Values      // the search as URL parameters
	applied map[string]bool // by parameter
	opened  []string        // parameters of the filters that are open
}

func (p SearchProps) newFilterColumn() filterColumn {
	c := filterColumn{SearchProps: p, query: p.Filter.Values(), applied: map[string]bool{}, opened: OpenFilters(p.Filter, slices.Concat(p.Open, p.More)...)}
	for _, a := range p.Filter.AppliedFilters() {
		c.applied[a.Param] = true
	}
	return c
}

// filterFold is one filter. Its content is loaded when it is opened, except for filters
// that are open from the start because they are important or in use.
type filterFold struct {
	id, label string
	open      bool
	body      templ.Component
	later     string // the URL that loads the content
}

func (c filterColumn) filterFolds(ctx context.Context, filters []search.FilterDefinition) []filterFold {
	var all []filterFold
	for _, d := range filters {
		if d.Vocabulary == search.Regions && len(c.Filter.Countries)+len(c.Filter.Regions) == 0 {
			continue // there are too many of them in the world
		}
		name := foldName(d)
		if d.Kind == search.KindFlag && len(all) > 0 && all[len(all)-1].id == "filter-"+name {
			continue // all flags are one
		}
		f := filterFold{
			id: "filter-" + name, label: i18n.T(ctx, "search.filter."+name), later: c.urlWithOpened(Opened, name),
			open: slices.Contains(c.opened, d.Param),
		}
		if f.open {
			f.body = c.filterBody(ctx, d)
		}
		all = append(all, f)
	}
	return all
}

// foldName is the name of the part of the column that has a filter.
func foldName(d search.FilterDefinition) string {
	if d.Kind == search.KindFlag {
		return "known"
	}
	return d.Param
}

// OpenFilters are the parameters of the filters whose fields and counts are shown: those
// that are important or in use, and those that were opened by hand.
func OpenFilters(f search.Filter, opened ...string) []string {
	for _, a := range f.AppliedFilters() {
		opened = append(opened, foldName(search.FilterDefinitionOf(a.Param)))
	}
	var all []string
	for _, d := range search.FilterDefinitions() {
		if d.OpenFirst || slices.Contains(opened, foldName(d)) {
			all = append(all, d.Param)
		}
	}
	return all
}

// urlWithOpened is the URL of this search with one more part of the page opened.
func (c filterColumn) urlWithOpened(param, value string) string {
	return paths.WithQuery(c.urlOf(c.Filter), url.Values{param: {value}})
}

func (c filterColumn) filterBody(ctx context.Context, d search.FilterDefinition) templ.Component {
	switch {
	case d.Kind == search.KindWithin:
		return c.radioButtons(c.filterChoiceOf(ctx, d))
	case d.Kind == search.KindFlag:
		return c.flagFields()
	case d.Kind == search.KindPeriod:
		return c.freeDaysFields()
	case d.Unit == search.UnitMoney:
		return c.priceFields(c.rangeFilterOf(ctx, d))
	case d.Kind == search.KindRange:
		return c.spreadFields(c.rangeFilterOf(ctx, d))
	}
	return c.filterListOf(ctx, d).listFields()
}

// isOpened says whether the filter was opened by hand, which every further request has to
// repeat.
func (c filterColumn) isOpened(name string) bool {
	return slices.Contains(c.Open, name) && !c.applied[name]
}

// flagOptions are the filters that are on or off.
func (c filterColumn) flagOptions(ctx context.Context) []filterOption {
	var all []filterOption
	for _, d := range search.FilterDefinitions() {
		if d.Kind != search.KindFlag {
			continue
		}
		o := c.countedOption(ctx, d.Param, "1")
		o.name, o.label, o.chosen = d.Param, i18n.T(ctx, "search.chip."+d.Param), d.IsOn(c.Filter)
		all = append(all, o)
	}
	return all
}

// filterChoice is a choice between a few answers.
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

// withinText describes a period that can be chosen; from three days on, hours are written
// as days.
func withinText(ctx context.Context, unit search.Unit, n int64) string {
	switch {
	case unit == search.UnitDays:
		return i18n.T(ctx, "search.posted", "n", n)
	case n >= 72:
		return i18n.T(ctx, "common.days", "n", n/24)
	}
	return i18n.T(ctx, "common.hours", "n", n)
}

// countedOption is a value with the number of creators who have it, if known.
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
