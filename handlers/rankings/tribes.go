package rankings

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/platform"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
	rankingsview "tribemarket/views/rankings"
)

// listTribes shows every tribe with its size.
func (h *Handlers) listTribes(c echo.Context) error {
	ctx := c.Request().Context()
	sizes, err := h.Rankings.TribeSizes(ctx)
	if err != nil {
		return err
	}
	hidden, err := h.Moderation.CreatorsHiddenFrom(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	faces, err := h.Rankings.TribeFaces(ctx, hidden, nil)
	if err != nil {
		return err
	}
	p := rankingsview.TribesProps{Tribes: h.Creators.TribeCatalogue().VisibleTribes(), Sizes: sizes, Faces: faces}
	return h.Render(c, web.Page{
		Title: i18n.T(ctx, "rankings.tribe.title"), Nav: layouts.NavCreators, Body: rankingsview.Tribes(p),
		Head: layouts.Head{Description: i18n.T(ctx, "rankings.tribe.description"), Canonical: h.Site.BaseURL + paths.Tribes()},
	})
}

// showTribe shows a tribe.
func (h *Handlers) showTribe(c echo.Context) error {
	ctx := c.Request().Context()
	hidden, err := h.Moderation.CreatorsHiddenFrom(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	page, err := h.Rankings.TribePage(ctx, c.Param("slug"), hidden)
	if err != nil {
		return err
	}
	p := rankingsview.TribeProps{Page: page, YouTube: h.Creators.MayDeriveFigures(platform.YouTube), Now: h.Clock()}
	return h.Render(c, web.Page{
		Title: p.Title(ctx), Nav: layouts.NavCreators, Body: rankingsview.Tribe(p),
		Head: layouts.Head{Description: p.Description(ctx), Canonical: h.Site.BaseURL + paths.Tribe(page.Tribe.Slug)},
	})
}
