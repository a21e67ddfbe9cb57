package search

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/search"
	"tribemarket/views/paths"
	searchview "tribemarket/views/search"
)

type relevanceForm struct {
	Version    string `form:"version"`
	Words      string `form:"weight_words"`
	Tribe      string `form:"weight_tribe"`
	Engagement string `form:"weight_engagement"`
	Trust      string `form:"weight_trust"`
	Price      string `form:"weight_price"`
	Response   string `form:"weight_response"`
}

func (f relevanceForm) weights() map[string]string {
	return map[string]string{"words": f.Words, "tribe": f.Tribe, "engagement": f.Engagement, "trust": f.Trust, "price": f.Price, "response": f.Response}
}

// showRelevance says what the order by relevance is made of.
func (h *Handlers) showRelevance(c echo.Context) error {
	return h.renderRelevance(c, 200, nil, nil)
}

// setRelevance changes how much each part counts.
func (h *Handlers) setRelevance(c echo.Context) error {
	var f relevanceForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Search.SetRelevanceWeights(c.Request().Context(), web.ActorOf(c), search.RelevanceWeightsForm{Weights: f.weights(), Version: f.Version})
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderRelevance(c, 422, f.weights(), fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "search.relevance.saved")
	return web.SeeOther(c, paths.AdminRelevance())
}

// renderRelevance shows the weights, or those that were entered.
func (h *Handlers) renderRelevance(c echo.Context, status int, entered map[string]string, fields models.Fields) error {
	ctx := c.Request().Context()
	weights, err := h.Search.RelevanceWeights(ctx)
	if err != nil {
		return err
	}
	p := searchview.PresentRelevanceForm(ctx, weights, entered, fields)
	return h.RenderAdmin(c, status, i18n.T(ctx, "search.relevance.title"), searchview.RelevanceForm(p))
}
