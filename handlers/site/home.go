package site

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/views/dev"
	"tribemarket/views/paths"
	"tribemarket/views/site"
)

// showHome is the home page for visitors; a signed-in person has a dashboard.
func (h *Handlers) showHome(c echo.Context) error {
	if web.ActorOf(c).SignedIn() {
		return web.SeeOther(c, paths.Dashboard())
	}
	ctx := c.Request().Context()
	floor, err := h.Creators.FreshFollowerFloor(ctx)
	if err != nil {
		return err
	}
	sizes, err := h.Rankings.TribeSizes(ctx)
	if err != nil {
		return err
	}
	content := site.HomeContent{Tribes: h.Creators.TribeCatalogue().VisibleTribes(), Sizes: sizes, Floor: floor}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "site.home.title"), Body: site.Home(site.PresentHome(ctx, content))})
}

func (h *Handlers) showComponents(c echo.Context) error {
	return h.Render(c, web.Page{Title: "Components", Body: dev.Components()})
}
