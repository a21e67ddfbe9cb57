package search

import (
	"context"
	"slices"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/search"
)

// chip says what is applied, in a few words.
func (p SearchProps) chip(ctx context.Context, a search.Applied) string {
	if p.isSpread(a.Param) {
		s := p.spread(ctx, a.Param)
		return i18n.T(ctx, "search.chip."+a.Param, "range", s.span(ctx, s.chosen), "format", i18n.T(ctx, "creators.format."+p.Filter.PriceFormat()))
	}
	switch a.Param {
	case "q":
		return i18n.T(ctx, "search.words_chip", "words", p.Filter.Words)
	case "verified":
		return i18n.T(ctx, "search.verified")
	case "posted":
		return i18n.T(ctx, "search.chip.posted", "n", p.Filter.PostedWithin)
	case "responds":
		return i18n.T(ctx, "search.chip.responds", "time", hours(ctx, p.Filter.RespondsWithin))
	case "free":
		from, to := p.Filter.FreeFrom, p.Filter.FreeTo
		if from == to {
			return i18n.T(ctx, "search.chip.free_day", "day", from)
		}
		return i18n.T(ctx, "search.chip.free", "from", from, "to", to)
	case "worked":
		name, _ := p.name(ctx, a.Param, a.Value)
		return i18n.T(ctx, "search.chip.worked", "category", name)
	case "audience_country":
		return p.audience(ctx, a, p.Filter.AudienceCountryMin)
	case "audience_age":
		return p.audience(ctx, a, p.Filter.AudienceAgeMin)
	case "audience_gender":
		return p.audience(ctx, a, p.Filter.AudienceGenderMin)
	}
	name, _ := p.name(ctx, a.Param, a.Value)
	return name
}

func (p SearchProps) audience(ctx context.Context, a search.Applied, least int64) string {
	name, _ := p.name(ctx, a.Param, a.Value)
	return i18n.T(ctx, "search.chip.audience", "part", name, "share", i18n.WholePercent(ctx, search.ShareAsked(least)*10_000))
}

// dropLabel says what the search would be without a filter.
func (p SearchProps) dropLabel(ctx context.Context, a search.Applied) string {
	if i18n.Has("search.drop." + a.Param) {
		return i18n.T(ctx, "search.drop."+a.Param)
	}
	values := strings.Split(a.Value, ", ")
	if a.Param == "q" {
		values = []string{a.Value}
	}
	var names []string
	for _, v := range values {
		if name := p.chip(ctx, search.Applied{Param: a.Param, Value: v}); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return i18n.T(ctx, "search.without", "filter", i18n.List(ctx, names))
}
