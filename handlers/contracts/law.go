package contracts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	contractsview "tribemarket/views/contracts"
)

// showLaws lists the laws that the site knows.
func (h *Handlers) showLaws(c echo.Context) error {
	ctx := c.Request().Context()
	return h.Render(c, web.Page{Title: i18n.T(ctx, "contracts.laws.title"), Body: contractsview.Laws(contractsview.PresentLaws(ctx))})
}
