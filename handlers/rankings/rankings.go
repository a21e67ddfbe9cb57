package rankings

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/places"
	"tribemarket/models/rankings"
	"tribemarket/views/layouts"
	rankingsview "tribemarket/views/rankings"
)

// showRanking shows creators by engagement or growth. A measure, period or
// country of the URL that does not exist is ignored.
func (h *Handlers) showRanking(c echo.Context) error {
	ctx := c.Request().Context()
	hidden, err := h.Moderation.CreatorsHiddenFrom(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	q := rankings.Query{
		Tribe: c.QueryParam("tribe"), Country: c.QueryParam("country"), Hidden: hidden,
		Measure: choiceOrFirst(rankings.Measures(), c.QueryParam("by")), Span: choiceOrFirst(rankings.Spans(), c.QueryParam("period")),
	}
	if !places.IsKnownCountry(q.Country) {
		q.Country = ""
	}
	p := rankingsview.RankingsProps{Query: q, Catalogue: h.Creators.TribeCatalogue().VisibleTribes(), From: 1, Now: h.Clock()}
	if c.QueryParam("from") == strconv.Itoa(rankingsview.RankingsPerPage+1) {
		p.From = rankingsview.RankingsPerPage + 1
	}
	if p.Ranking, err = h.Rankings.Ranking(ctx, q); err != nil {
		return err
	}
	if p.Missed, err = h.Rankings.OwnShortfalls(ctx, web.ActorOf(c), q.Span); err != nil {
		return err
	}
	if t, ok := h.Creators.TribeCatalogue().TribeBySlug(q.Tribe); ok {
		p.Tribe = &t
	}
	return h.Render(c, web.Page{
		Title: p.Title(ctx), Nav: layouts.NavCreators, Body: rankingsview.Rankings(p),
		Head: layouts.Head{Description: p.Description(ctx), Canonical: h.Site.BaseURL + rankingsview.RankingPath(q, p.From), NoIndex: len(p.Ranking.Places) == 0},
	})
}

// choiceOrFirst returns the requested choice, or the first of all.
func choiceOrFirst[T ~string](all []T, asked string) T {
	if slices.Contains(all, T(asked)) {
		return T(asked)
	}
	return all[0]
}
