package search

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
	searchview "tribemarket/views/search"
)

// showSimilar shows the creators who are most like one.
func (h *Handlers) showSimilar(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	hidden, err := h.Moderation.CreatorsHiddenFrom(ctx, actor)
	if err != nil {
		return err
	}
	of, alike, err := h.Search.Lookalikes(ctx, actor, c.Param("id"), hidden, search.PageSize)
	if err != nil {
		return err
	}
	ids := make([]int64, len(alike))
	for i, x := range alike {
		ids[i] = x.Creator.ID
	}
	kept, err := h.Discovery.ReadKept(ctx, actor, ids)
	if err != nil {
		return err
	}
	p := searchview.SimilarProps{
		Of: of, Alike: alike, Catalogue: h.Creators.TribeCatalogue(), Now: h.Clock(),
		SaveProps: creatorsview.SaveProps{Kept: kept, CanKeep: discovery.CanEditShortlists(actor), Visitor: !actor.SignedIn(), Saved: c.QueryParam(creatorsview.Saved), Back: paths.SimilarCreators(of.PublicID)},
	}
	return h.Render(c, web.Page{
		Title: p.Title(ctx), Nav: layouts.NavCreators, Body: searchview.Similar(p),
		Head: layouts.Head{Canonical: h.Site.BaseURL + paths.SimilarCreators(of.PublicID), NoIndex: true},
	})
}
