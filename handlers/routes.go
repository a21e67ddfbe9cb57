package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
)

// routes are the addresses of the site, area by area.
func (h *Handlers) routes() []web.Route {
	return slices.Concat(
		h.Site.Routes(),
		h.Accounts.Routes(),
		h.Creators.Routes(),
		h.Search.Routes(),
		h.Rankings.Routes(),
		h.Discovery.Routes(),
		h.Deals.Routes(),
		h.Moderation.Routes(),
		h.Notifications.Routes(),
		h.Privacy.Routes(),
	)
}

// Mount adds every address of the site to e, in the group that its guard
// belongs to.
func (h *Handlers) Mount(e *echo.Echo) {
	e.HTTPErrorHandler = h.Error
	e.Pre(h.Headers()) // before all else, so that static files and refusals carry them
	limits, programs := h.Limits(), h.LimitPrograms()
	pages := e.Group("", h.WatchDatabase, h.LoadSession, h.CSRF(), h.Identify, limits)
	for _, r := range h.routes() {
		switch r.Guard {
		case web.Machine:
			e.Add(r.Method, r.Path, r.Handle, h.WatchDatabase, programs)
		case web.Stranger:
			e.Add(r.Method, r.Path, r.Handle, h.WatchDatabase, h.IdentifyStranger, limits)
		default:
			pages.Add(r.Method, r.Path, r.Handle, h.Check(r.Guard))
		}
	}
	// Group middleware runs for addresses that don't exist too, so that their
	// page is in the reader's language.
	pages.RouteNotFound("/*", func(echo.Context) error { return echo.ErrNotFound })
}
