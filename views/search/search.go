package search

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/search"
	"tribemarket/models/search/sentence"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// SearchProps is a search and its answer.
type SearchProps struct {
	Filter    search.Filter
	Result    search.Result
	Notices   []search.FilterNotice // what was changed in the query
	Catalogue *creators.TribeCatalogue
	Now       time.Time

	creatorsview.SaveProps
	ListState
	Asked      sentence.Reading // the sentence whose filters these are
	Offered    sentence.Reading // the words of the search, if they can be read as filters
	Open, More []string         // what Opened and Whole asked for
	CanSave    bool             // the search
	CanExport  bool
	Alone      bool // on another page, with nothing to compare with
}

// Headline says what was found: "214 FoodTok creators fit".
func (p SearchProps) Headline(ctx context.Context) string {
	n, tribes := p.Result.Total, p.tribeNames(ctx)
	switch {
	case n == 0 && tribes != "":
		return i18n.T(ctx, "search.none_in", "tribe", tribes)
	case n == 0:
		return i18n.T(ctx, "search.none")
	case tribes != "":
		return i18n.T(ctx, "search.found_in", "n", n, "tribe", tribes)
	case len(p.Filter.AppliedFilters()) == 0:
		return i18n.T(ctx, "search.all", "n", n)
	}
	return i18n.T(ctx, "search.found", "n", n)
}

// Title is the page's title: what was found, in short.
func (p SearchProps) Title(ctx context.Context) string {
	if p.Plain() && len(p.Filter.Tribes) == 0 {
		return i18n.T(ctx, "search.title")
	}
	return p.Headline(ctx)
}

// Description is the page's description for search engines.
func (p SearchProps) Description(ctx context.Context) string {
	if t, ok := p.oneTribe(); ok {
		return i18n.T(ctx, "search.description_in", "n", p.Result.Total, "tribe", t.Display, "line", t.Description(string(i18n.LocaleOf(ctx))))
	}
	return i18n.T(ctx, "search.description", "n", p.Result.Total)
}

// Plain says whether this is the list of all creators or of one tribe and nothing else:
// the pages that search engines may list.
func (p SearchProps) Plain() bool {
	n := len(p.Filter.AppliedFilters())
	_, one := p.oneTribe()
	return (n == 0 || n == 1 && one) && p.Filter.After == nil && p.Filter.Before == nil && len(p.Notices) == 0 && p.Asked.Text == ""
}

func (p SearchProps) oneTribe() (creators.Tribe, bool) {
	if len(p.Filter.Tribes) != 1 {
		return creators.Tribe{}, false
	}
	return p.Catalogue.TribeBySlug(p.Filter.Tribes[0])
}

// tribeNames names the chosen tribes if a headline has room for them.
func (p SearchProps) tribeNames(ctx context.Context) string {
	var names []string
	for _, slug := range p.Filter.Tribes {
		if t, ok := p.Catalogue.TribeBySlug(slug); ok {
			names = append(names, t.Display)
		}
	}
	switch len(names) {
	case 1:
		return names[0]
	case 2:
		if p.Filter.AllTribes {
			return i18n.T(ctx, "search.both", "a", names[0], "b", names[1])
		}
		return i18n.T(ctx, "search.either", "a", names[0], "b", names[1])
	}
	return ""
}

func (p SearchProps) urlOf(f search.Filter) string { return SearchURL(f, p.Asked.Text, p.ListState) }

// SearchURL is the URL of a search that was asked for in a sentence.
func SearchURL(f search.Filter, asked string, list ListState) string {
	values := f.Values()
	list.addTo(values)
	if asked != "" {
		values.Set(Asked, asked)
	}
	return paths.Creators(values)
}

// clearedURL is the search without filters, in the same order.
func (p SearchProps) clearedURL() string {
	return SearchURL(search.Filter{Sort: p.Filter.Sort, Descending: p.Filter.Descending}, "", p.ListState)
}

// showingText says which part of the hits the page shows.
func (p SearchProps) showingText(ctx context.Context) string {
	if p.Filter.After == nil && p.Filter.Before == nil {
		return i18n.T(ctx, "search.showing_first", "shown", len(p.Result.Hits), "n", p.Result.Total)
	}
	return i18n.T(ctx, "search.showing", "shown", len(p.Result.Hits), "n", p.Result.Total)
}

func (p SearchProps) pager(ctx context.Context) components.Pager {
	all := components.Pager{Status: p.showingText(ctx)}
	at := p.Filter
	at.After, at.Before = nil, nil
	first := p.urlOf(at)
	if p.Result.Prev != nil {
		prev := at
		prev.Before = p.Result.Prev
		all.First, all.Previous = first, p.urlOf(prev)
	}
	if p.Result.Next != nil {
		next := at
		next.After = p.Result.Next
		all.Next = p.urlOf(next)
	}
	return all
}

// queryValues is the search as URL parameters, from its first page.
func (p SearchProps) queryValues() url.Values {
	f := p.Filter
	f.After, f.Before = nil, nil
	return f.Values()
}

// mostInstead is the maximum number of replacement words that are named.
const mostInstead = 3

// ShownCorrections are the words that were searched for in place of one. Words that begin
// with another of them are left out, since they are found with it.
func ShownCorrections(near []string) []string {
	return slices.DeleteFunc(slices.Clone(near), func(x string) bool {
		return slices.ContainsFunc(near, func(o string) bool { return o != x && strings.HasPrefix(x, o) })
	})
}

// correctionTexts says which words were replaced by others.
func (p SearchProps) correctionTexts(ctx context.Context) []string {
	var all []string
	if p.Filter.HasNoWords() {
		all = append(all, i18n.T(ctx, "search.no_words", "words", p.Filter.Words))
	}
	for _, word := range slices.Sorted(maps.Keys(p.Result.Corrected)) {
		near := p.Result.Corrected[word]
		instead := ShownCorrections(near)
		if len(instead) == 0 {
			continue
		}
		text := i18n.JoinList(ctx, instead)
		if len(instead) > mostInstead {
			text = i18n.T(ctx, "search.corrected_more", "words", strings.Join(instead[:mostInstead], ", "))
		}
		key := "search.corrected"
		if len(strings.Fields(p.Filter.Words)) > 1 { // somebody may have it, and not the others
			key = "search.corrected_among"
		}
		all = append(all, i18n.T(ctx, key, "word", word, "instead", text))
	}
	return all
}

// sortOptions are the available orders, by their value in the URL.
func (p SearchProps) sortOptions(ctx context.Context) []components.Option {
	var all []components.Option
	for _, s := range search.Sorts() {
		all = append(all, components.Option{Value: "-" + string(s), Label: i18n.T(ctx, "search.sort."+string(s)+"_down")})
		if s != search.ByRelevance {
			all = append(all, components.Option{Value: string(s), Label: i18n.T(ctx, "search.sort."+string(s)+"_up")})
		}
	}
	return all
}

// isByRelevance says whether the hits are in the order of relevance.
func (p SearchProps) isByRelevance() bool {
	return p.sortParam() == "-"+string(search.ByRelevance)
}

func (p SearchProps) sortParam() string { return p.Filter.SortParam() }

// countApplied is the number of applied filters.
func (p SearchProps) countApplied() int { return len(p.Filter.AppliedFilters()) }

// fieldID is the id of one option, wherever it is in its list.
func fieldID(name, value string) string {
	return components.FieldID(name + "-" + strings.ToLower(value))
}
