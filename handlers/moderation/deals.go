package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/deals"
	moderationview "tribemarket/views/moderation"
)

// listDeals lists deals by their parties and states.
func (h *Handlers) listDeals(c echo.Context) error {
	ctx := c.Request().Context()
	f := deals.AdminFilter{Words: web.CleanText(c.QueryParam("q")), After: c.QueryParam("after"), Sort: readSort(c)}
	if s := deals.DealStatus(c.QueryParam("state")); s == deals.Running || s == deals.Finished {
		f.Status = s
	}
	rows, next, err := h.Deals.ListDealsForAdmin(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := moderationview.PresentDeals(ctx, f, rows, next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}
