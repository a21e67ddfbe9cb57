package deals

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/deals"
	"tribemarket/views/paths"
)

// askForContract begins a contract of a deal that has none.
func (h *Handlers) askForContract(c echo.Context) error {
	id := c.Param("id")
	err := h.Deals.AskForContract(c.Request().Context(), web.ActorOf(c), id)
	if r, ok := web.RefusalOf(err, deals.ActionOpen, 0, nil); ok {
		return h.renderDeal(c, web.StatusOf(r), id, r)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "contracts.said.prepare")
	return web.SeeOther(c, paths.Deal(id))
}
