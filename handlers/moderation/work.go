package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	moderationview "tribemarket/views/moderation"
)

// showWork says whether the background work runs.
func (h *Handlers) showWork(c echo.Context) error {
	ctx := c.Request().Context()
	r, err := h.Moderation.ReadWork(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	p := moderationview.PresentWork(ctx, r)
	return h.RenderAdmin(c, 200, p.Title, moderationview.Work(p))
}
