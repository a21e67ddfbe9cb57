package search

import (
	"context"
	"slices"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/search"
)

// chipText describes an applied filter in a few words.
func (p SearchProps) chipText(ctx context.Context, a search.AppliedFilter) string {
	if a.Param == "q" {
		return i18n.T(ctx, "search.words_chip", "words", p.Filter.Words)
	}
	d := search.FilterDefinitionOf(a.Param)
	key := "search.chip." + d.Param
	switch d.Kind {
	case search.KindRange:
		s := p.rangeFilterOf(ctx, d)
		return i18n.T(ctx, key, "range", s.rangeText(ctx, s.chosen), "format", i18n.T(ctx, "creators.format."+p.Filter.PriceFormat()))
	case search.KindFlag:
		return i18n.T(ctx, key)
	case search.KindWithin:
		n := d.NumberOf(p.Filter)
		return i18n.T(ctx, key, "n", n, "time", withinText(ctx, d.Unit, n))
	case search.KindPeriod:
		return p.periodText(ctx)
	}
	name, _ := p.valueName(ctx, d.Vocabulary, a.Value)
	switch {
	case d.Kind == search.KindShare:
		return i18n.T(ctx, "search.chip.audience", "part", name, "share", i18n.WholePercent(ctx, d.NumberOf(p.Filter)*10_000))
	case i18n.HasText(key): // a value that does not say what it is about
		return i18n.T(ctx, key, "value", name)
	}
	return name
}

func (p SearchProps) periodText(ctx context.Context) string {
	from, to := p.Filter.FreeFrom, p.Filter.FreeTo
	if from == to {
		return i18n.T(ctx, "search.chip.free_day", "day", from)
	}
	return i18n.T(ctx, "search.chip.free", "from", from, "to", to)
}

// dropLabel is the label of the button that removes a filter.
func (p SearchProps) dropLabel(ctx context.Context, a search.AppliedFilter) string {
	if i18n.HasText("search.drop." + a.Param) {
		return i18n.T(ctx, "search.drop."+a.Param)
	}
	values := strings.Split(a.Value, ", ")
	if a.Param == "q" {
		values = []string{a.Value}
	}
	var names []string
	for _, v := range values {
		if name := p.chipText(ctx, search.AppliedFilter{Param: a.Param, Value: v}); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return i18n.T(ctx, "search.without", "filter", i18n.JoinList(ctx, names))
}
