package site

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/platform"
	"tribemarket/views/site"
)

// textPage serves a page that consists only of texts.
func (h *Handlers) textPage(titleKey string, body func() templ.Component) echo.HandlerFunc {
	return func(c echo.Context) error {
		return h.Render(c, web.Page{Title: i18n.T(c.Request().Context(), titleKey), Body: body()})
	}
}

// showFigures says how figures are computed.
func (h *Handlers) showFigures(c echo.Context) error {
	ctx := c.Request().Context()
	weights, err := h.Search.RelevanceWeights(ctx)
	if err != nil {
		return err
	}
	p := site.FiguresProps{Floor: h.Creators.FollowerFloor(), YouTubeDerived: h.Creators.MayDeriveFigures(platform.YouTube), Weights: weights}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "site.figures.title"), Body: site.Figures(p)})
}

// showRules describes the tables of states in words.
func (h *Handlers) showRules(c echo.Context) error {
	ctx := c.Request().Context()
	return h.Render(c, web.Page{Title: i18n.T(ctx, "site.rules.title"), Body: site.Rules(site.PresentRules(ctx))})
}
