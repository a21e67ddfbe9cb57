package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/search"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
)

// short is the number of a filter's values that are shown before the rest is requested.
const short = 8

// filterList is a filter whose values are ticked.
type filterList struct {
	filterColumn
	name, legend string
	options      []filterOption // the options that are shown
	rest         int            // the number of further options
	all          bool           // the rest is shown too
	least        string         // of a part of an audience: the threshold in per cent
}

type filterOption struct {
	name                string // its parameter, where options of several filters are together
	value, label, count string
	off, chosen         bool
	mark                *components.Mark
}

// filterListOf lists the first values and the chosen ones, or all of them. One value more
// than the limit is shown too, since "1 more" takes as much room.
func (c filterColumn) filterListOf(ctx context.Context, d search.FilterDefinition) filterList {
	name := d.Param
	l := filterList{filterColumn: c, name: name, legend: i18n.T(ctx, "search.filter."+name), all: slices.Contains(c.More, name)}
	values := c.listValues(d)
	for i, v := range values {
		chosen := slices.Contains(c.query[name], v)
		if !l.all && i >= short && len(values) > short+1 && !chosen {
			l.rest++
			continue
		}
		o := c.countedOption(ctx, name, v)
		o.chosen = chosen
		o.label, o.mark = c.valueName(ctx, d.Vocabulary, v)
		l.options = append(l.options, o)
	}
	if d.Kind == search.KindShare {
		l.least = wholeNumber(d.NumberOf(c.Filter))
	}
	return l
}

// listValues are the values of a filter in the order of its list: in an order of its own,
// or the most frequent first.
func (c filterColumn) listValues(d search.FilterDefinition) []string {
	if all := d.Vocabulary.All(); all != nil {
		return all
	}
	var all []string
	for _, x := range c.Result.Facets.Lists[d.Param] {
		all = append(all, x.Value)
	}
	also := c.query[d.Param]
	switch d.Vocabulary {
	case search.Tribes:
		also = c.tribeSlugs()
	case search.Categories:
		also = content.Categories()
	case search.Regions:
		also = c.regionValues()
	}
	for _, v := range also {
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	if d.Vocabulary == search.Regions {
		all = slices.DeleteFunc(all, func(v string) bool {
			country, _, _ := strings.Cut(v, "-")
			return !slices.Contains(c.Filter.Countries, country) && !slices.Contains(c.Filter.Regions, v)
		})
	}
	return all
}

// regionValues are the regions of the chosen countries, and the chosen regions.
func (c filterColumn) regionValues() []string {
	var all []string
	for _, x := range creators.Regions() {
		if !slices.Contains(c.Filter.Countries, x.Country) {
			continue
		}
		for _, r := range x.Regions {
			all = append(all, r.Code)
		}
	}
	return append(all, c.Filter.Regions...)
}

func (c filterColumn) tribeSlugs() []string {
	tribes := c.Catalogue.VisibleTribes()
	slices.SortFunc(tribes, func(a, b creators.Tribe) int { return cmp.Compare(a.Display, b.Display) })
	slugs := make([]string, len(tribes))
	for i, t := range tribes {
		slugs[i] = t.Slug
	}
	return slugs
}

// valueName is the name of a filter's value, and its mark if it is a tribe.
func (p SearchProps) valueName(ctx context.Context, of search.Vocabulary, value string) (string, *components.Mark) {
	switch of {
	case search.Tribes:
		if t, ok := p.Catalogue.TribeBySlug(value); ok {
			return t.Display, new(creatorsview.TribeMark(t))
		}
	case search.Platforms:
		return components.PlatformName(value), nil
	case search.Countries:
		return i18n.Country(ctx, value), nil
	case search.Languages:
		return creatorsview.Languages(ctx, []string{value}), nil
	case search.Regions:
		if r, _, ok := creators.RegionByCode(value); ok {
			return r.Name, nil
		}
	case search.ContentTypes:
		return capitalise(i18n.T(ctx, "creators.type."+value)), nil
	case search.Categories:
		return capitalise(i18n.T(ctx, "creators.category."+value)), nil
	case search.AgeGroups:
		return creatorsview.AgeGroupName(value), nil
	case search.Genders:
		return i18n.T(ctx, "creators.gender."+value), nil
	}
	return value, nil
}

// capitalise is for names at the beginning of a line.
func capitalise(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
