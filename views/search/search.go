package search

import (
	"context"
	"slices"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/creator"
	"tribemarket/views/paths"
)

// Props is a search and its answer.
type Props struct {
	Filter    creators.Filter
	Result    creators.Result
	Notices   []string // what was changed in the question
	Catalogue *creators.Catalogue
	Now       time.Time
}

// Headline says what was found: "214 FoodTok creators fit".
func (p Props) Headline(ctx context.Context) string {
	n, tribes := p.Result.Total, p.tribes(ctx)
	switch {
	case n == 0 && tribes != "":
		return i18n.T(ctx, "search.none_in", "tribe", tribes)
	case n == 0:
		return i18n.T(ctx, "search.none")
	case tribes != "":
		return i18n.T(ctx, "search.found_in", "n", n, "tribe", tribes)
	case len(p.Filter.Applied()) == 0:
		return i18n.T(ctx, "search.all", "n", n)
	}
	return i18n.T(ctx, "search.found", "n", n)
}

// Title is the page's name: what was found, short.
func (p Props) Title(ctx context.Context) string {
	if p.Plain() && len(p.Filter.Tribes) == 0 {
		return i18n.T(ctx, "search.title")
	}
	return p.Headline(ctx)
}

// Description is the page's, for search engines.
func (p Props) Description(ctx context.Context) string {
	if t, ok := p.oneTribe(); ok {
		return i18n.T(ctx, "search.description_in", "n", p.Result.Total, "tribe", t.Display, "line", t.Description(string(i18n.From(ctx))))
	}
	return i18n.T(ctx, "search.description", "n", p.Result.Total)
}

// Plain says whether this is all creators or one tribe and nothing else: the
// pages that search engines may list.
func (p Props) Plain() bool {
	n := len(p.Filter.Applied())
	_, one := p.oneTribe()
	return (n == 0 || n == 1 && one) && p.Filter.After == nil && p.Filter.Before == nil && len(p.Notices) == 0
}

func (p Props) oneTribe() (creators.Tribe, bool) {
	if len(p.Filter.Tribes) != 1 {
		return creators.Tribe{}, false
	}
	return p.Catalogue.Tribe(p.Filter.Tribes[0])
}

// tribes names the chosen ones where a headline has room for them.
func (p Props) tribes(ctx context.Context) string {
	var names []string
	for _, slug := range p.Filter.Tribes {
		if t, ok := p.Catalogue.Tribe(slug); ok {
			names = append(names, t.Display)
		}
	}
	switch len(names) {
	case 1:
		return names[0]
	case 2:
		return i18n.T(ctx, "search.either", "a", names[0], "b", names[1])
	}
	return ""
}

// tribeLine is the one-line description of the one tribe that was chosen.
func (p Props) tribeLine(ctx context.Context) string {
	if t, ok := p.oneTribe(); ok {
		return t.Description(string(i18n.From(ctx)))
	}
	return ""
}

func (p Props) href(f creators.Filter) string { return paths.Creators(f.Values()) }

// cleared is the search without a filter, sorted as it was.
func (p Props) cleared() string {
	return p.href(creators.Filter{Sort: p.Filter.Sort, Descending: p.Filter.Descending})
}

func (p Props) chip(ctx context.Context, a creators.Applied) string {
	switch a.Param {
	case "tribe":
		if t, ok := p.Catalogue.Tribe(a.Value); ok {
			return t.Display
		}
	case "platform":
		return components.Platform(a.Value)
	case "country":
		return i18n.Country(ctx, a.Value)
	case "language":
		return creator.Languages(ctx, []string{a.Value})
	case "q":
		return i18n.T(ctx, "search.words_chip", "words", p.Filter.Words)
	}
	for _, r := range p.ranges(ctx) {
		if r.param == a.Param {
			return i18n.T(ctx, "search.chip."+a.Param, "range", r.span(ctx, r.chosen))
		}
	}
	return a.Value
}

// dropLabel says what the search would be without a filter.
func (p Props) dropLabel(ctx context.Context, a creators.Applied) string {
	switch a.Param {
	case "followers", "engagement", "views":
		return i18n.T(ctx, "search.drop."+a.Param)
	}
	var names []string
	for _, v := range strings.Split(a.Value, ", ") {
		if a.Param == "q" {
			v = a.Value
		}
		if name := p.chip(ctx, creators.Applied{Param: a.Param, Value: v}); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return i18n.T(ctx, "search.without", "filter", i18n.List(ctx, names))
}

// showing says which part of the hits is on the page.
func (p Props) showing(ctx context.Context) string {
	if p.Filter.After == nil && p.Filter.Before == nil {
		return i18n.T(ctx, "search.showing_first", "shown", len(p.Result.Hits), "n", p.Result.Total)
	}
	return i18n.T(ctx, "search.showing", "shown", len(p.Result.Hits), "n", p.Result.Total)
}

func (p Props) pager(ctx context.Context) components.Pager {
	all := components.Pager{Status: p.showing(ctx)}
	at := p.Filter
	at.After, at.Before = nil, nil
	first := p.href(at)
	if p.Result.Prev != nil {
		prev := at
		prev.Before = p.Result.Prev
		all.First, all.Previous = first, p.href(prev)
	}
	if p.Result.Next != nil {
		next := at
		next.After = p.Result.Next
		all.Next = p.href(next)
	}
	return all
}

// sorts are the orders that can be chosen, by their value in the address.
func (p Props) sorts(ctx context.Context) []components.Option {
	var all []components.Option
	for _, s := range creators.Sorts() {
		all = append(all, components.Option{Value: "-" + string(s), Label: i18n.T(ctx, "search.sort."+string(s)+"_down")})
		if s != creators.ByRelevance {
			all = append(all, components.Option{Value: string(s), Label: i18n.T(ctx, "search.sort."+string(s)+"_up")})
		}
	}
	return all
}

func (p Props) sort() string { return p.Filter.Order() }

// applied is how many filters are set.
func (p Props) applied() int { return len(p.Filter.Applied()) }

// fieldID is the id of one answer, the same whatever place it has in its list.
func fieldID(name, value string) string {
	return components.FieldID(name + "-" + strings.ToLower(value))
}
