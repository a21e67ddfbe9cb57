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

// groups are the filters as they stand below each other, by their parameters.
var groups = []struct {
	name    string
	filters []string
}{
	{"who", []string{"tribe", "platform", "country", "region", "language"}},
	{"figures", []string{"followers", "engagement", "views", "mean_views", "growth", "growth90", "posts", "posted", "verified"}},
	{"terms", []string{"price", "type", "responds", "free", "worked"}},
	{"audience", []string{"audience_country", "audience_age", "audience_gender"}},
}

// Opened and Whole are parameters of a request for this page that are no part
// of the search: filters whose content is wanted, and those of which all values are.
const (
	Opened = "open"
	Whole  = "more"
)

// important are the filters that are open at first.
var important = []string{"tribe", "platform", "country", "followers", "engagement", "price"}

// column is the filters of a search with what they all need, made once.
type column struct {
	SearchProps
	query   url.Values      // the search as an address has it
	applied map[string]bool // by parameter
}

func (p SearchProps) column() column {
	c := column{SearchProps: p, query: p.Filter.Values(), applied: map[string]bool{}}
	for _, a := range p.Filter.Applied() {
		c.applied[a.Param] = true
	}
	return c
}

// fold is one filter. What it asks comes when it is opened, but for those that
// are open from the start because they are important or say something.
type fold struct {
	id, label string
	open      bool
	body      templ.Component
	later     string // where the rest comes from
}

func (c column) folds(ctx context.Context, names []string) []fold {
	var all []fold
	for _, name := range names {
		if name == "region" && len(c.Filter.Countries)+len(c.Filter.Regions) == 0 {
			continue // there are too many of them in the world
		}
		f := fold{
			id: "filter-" + name, label: i18n.T(ctx, "search.filter."+name), later: c.with(Opened, name),
			open: slices.Contains(important, name) || c.applied[name] || slices.Contains(c.Open, name) || slices.Contains(c.More, name),
		}
		if f.open {
			f.body = c.body(ctx, name)
		}
		all = append(all, f)
	}
	return all
}

// with is this search with one more thing of the page opened.
func (c column) with(param, value string) string {
	q := url.Values{param: {value}}.Encode()
	if rest := c.query.Encode(); rest != "" {
		q = rest + "&" + q
	}
	return paths.Creators(nil) + "?" + q
}

func (c column) body(ctx context.Context, name string) templ.Component {
	switch name {
	case "posted":
		return c.radios(c.posted(ctx))
	case "responds":
		return c.radios(c.responds(ctx))
	case "verified":
		return c.verified()
	case "free":
		return c.free()
	case "price":
		return c.price(c.spread(ctx, name))
	}
	if c.isSpread(name) {
		return c.spreadFields(c.spread(ctx, name))
	}
	return c.list(ctx, name).fields()
}

// opened says whether the filter was opened by hand, which every further
// request has to say too.
func (c column) opened(name string) bool { return slices.Contains(c.Open, name) && !c.applied[name] }

// choice is one of few answers.
type choice struct {
	name, legend string
	answers      []option
}

func (c column) posted(ctx context.Context) choice {
	return c.choice(ctx, "posted", c.Filter.PostedWithin, search.PostedWithin(), func(n int64) string { return i18n.T(ctx, "search.posted", "n", n) })
}

func (c column) responds(ctx context.Context) choice {
	return c.choice(ctx, "responds", c.Filter.RespondsWithin, search.RespondsWithin(), func(n int64) string { return hours(ctx, n) })
}

// hours are written as days from three on.
func hours(ctx context.Context, n int64) string {
	if n >= 72 {
		return i18n.T(ctx, "common.days", "n", n/24)
	}
	return i18n.T(ctx, "common.hours", "n", n)
}

func (c column) choice(ctx context.Context, name string, chosen int64, all []int64, label func(int64) string) choice {
	x := choice{name: name, legend: i18n.T(ctx, "search.filter."+name), answers: []option{{label: capital(i18n.T(ctx, "search.any")), chosen: chosen == 0}}}
	for _, n := range all {
		o := c.counted(ctx, name, whole(n))
		o.label, o.chosen = label(n), n == chosen
		x.answers = append(x.answers, o)
	}
	return x
}

// counted is a value with how many have it, where that is known.
func (c column) counted(ctx context.Context, name, value string) option {
	counts, known := c.Result.Facets.Lists[name]
	for _, x := range counts {
		if x.Value == value {
			return option{value: value, count: i18n.Number(ctx, x.N), off: x.N == 0}
		}
	}
	if !known {
		return option{value: value}
	}
	return option{value: value, count: i18n.Number(ctx, 0), off: true}
}
