package search

import (
	"context"
	"maps"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models/search"
)

// viewURL is the same list as a table, or with pictures.
func (p SearchProps) viewURL(table bool) string {
	p.Table = table
	return p.urlOf(p.Filter)
}

func (p SearchProps) viewAttributes(table bool) templ.Attributes {
	a := maps.Clone(swapAttributes())
	if p.Table == table {
		a["aria-current"] = "true"
	}
	return a
}

// tableColumn is a column of figures, by which the table can be sorted if it has an order.
type tableColumn struct {
	label string
	sort  search.Sort // "" for none
}

func tableColumns(ctx context.Context) []tableColumn {
	return []tableColumn{
		{i18n.T(ctx, "search.followers"), search.ByFollowers}, {i18n.T(ctx, "search.engagement"), search.ByEngagement}, {i18n.T(ctx, "search.views"), search.ByViews},
		{i18n.T(ctx, "search.growth"), search.ByGrowth}, {i18n.T(ctx, "search.price"), search.ByPrice},
	}
}

// sortURL sorts by a column: the highest first, except for prices, and the other way round
// if it is sorted so already.
func (p SearchProps) sortURL(by search.Sort) string {
	f := p.Filter
	f.After, f.Before = nil, nil
	if f.Sort == by {
		f.Descending = !f.Descending
	} else {
		f.Sort, f.Descending = by, by != search.ByPrice
	}
	return p.urlOf(f)
}

// sortedAttributes say by which column the table is sorted.
func (p SearchProps) sortedAttributes(by search.Sort) templ.Attributes {
	switch {
	case p.Filter.Sort != by:
		return nil
	case p.Filter.Descending:
		return templ.Attributes{"aria-sort": "descending"}
	}
	return templ.Attributes{"aria-sort": "ascending"}
}
