package moderation

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	moderationview "tribemarket/views/moderation"
)

// showOverview is the administrators' start page: what waits for them, and figures.
func (h *Handlers) showOverview(c echo.Context) error {
	ctx := c.Request().Context()
	o, err := h.Moderation.ReadAdminOverview(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	trends, err := h.Moderation.ReadTrends(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	return h.RenderAdmin(c, 200, i18n.T(ctx, "moderation.admin.title"), moderationview.Overview(moderationview.PresentOverview(ctx, o, trends, h.Search.IndexState(), h.Clock())))
}

// personIDParam is the person's id in the path.
func personIDParam(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, models.NotFound()
	}
	return id, nil
}
