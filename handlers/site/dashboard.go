package site

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
	"tribemarket/views/site"
)

// recentProposals is the number of recent proposals that the dashboard shows.
const recentProposals = 5

// showDashboard shows what waits for whom.
func (h *Handlers) showDashboard(c echo.Context) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	if v.Actor.Side() == "" {
		if v.Actor.Administers() {
			return web.SeeOther(c, paths.Admin())
		}
		return h.showDashboardOfNobody(c)
	}
	now := h.Clock()
	board, err := h.Negotiations.Board(ctx, v.Actor, now, recentProposals)
	if err != nil {
		return err
	}
	web.SetWaiting(c, len(board.Waiting))
	p := site.PresentDashboard(ctx, v.Actor.Side(), board, now)
	if err := h.addNotices(ctx, v, &p); err != nil {
		return err
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "layouts.home"), Nav: layouts.NavHome, Body: site.Dashboard(p)})
}

// showDashboardOfNobody is for a person who is in no brand and is not a creator.
func (h *Handlers) showDashboardOfNobody(c echo.Context) error {
	ctx := c.Request().Context()
	return h.Render(c, web.Page{Title: i18n.T(ctx, "layouts.home"), Nav: layouts.NavHome, Body: accountsview.WithoutBrand()})
}
