package site

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/platform"
	"tribemarket/views/paths"
	"tribemarket/views/site"
)

// about serves a page of texts.
func (h *Handlers) about(c echo.Context) error {
	ctx := c.Request().Context()
	switch c.Path() {
	case paths.Figures():
		weights, err := h.Search.Weights(ctx)
		if err != nil {
			return err
		}
		p := site.FiguresProps{Floor: h.Creators.FollowerFloor(), YouTubeDerived: h.Creators.MayDeriveFigures(platform.YouTube), Weights: weights}
		return h.Render(c, web.Page{Title: i18n.T(ctx, "site.figures.title"), Body: site.Figures(p)})
	case paths.Rules():
		return h.Render(c, web.Page{Title: i18n.T(ctx, "site.rules.title"), Body: site.Rules(site.PresentRules(ctx))})
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "site.accessibility.title"), Body: site.Accessibility()})
}
