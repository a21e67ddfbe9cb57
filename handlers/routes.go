package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
)

// routes lists the routes of the site, area by area.
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

// Mount adds every route of the site to e, in the group of its guard.
func (h *Handlers) Mount(e *echo.Echo) {
	e.HTTPErrorHandler = h.Error
	e.Pre(h.Headers(), web.CleanQuery) // first, so that static files and refusals have them too
	limits, programs := h.Limits(), h.LimitPrograms()
	pages := e.Group("", h.WatchDatabase, h.LoadSession, h.CheckOrigin, h.CSRF(), h.Identify, limits, web.RefuseBrokenText)
	for _, r := range h.routes() {
		methods := []string{r.Method}
		if r.Method == http.MethodGet {
			methods = append(methods, http.MethodHead) // the server leaves the body out
		}
		for _, method := range methods {
			switch r.Guard {
			case web.Machine:
				e.Add(method, r.Path, r.Handle, h.WatchDatabase, programs, web.RefuseBrokenText)
			case web.Stranger:
				e.Add(method, r.Path, r.Handle, h.WatchDatabase, h.IdentifyStranger, limits, web.RefuseBrokenText)
			default:
				pages.Add(method, r.Path, r.Handle, h.Check(r.Guard))
			}
		}
	}
	// Group middleware also runs for URLs that do not exist, so that their page is in the
	// reader's language.
	pages.RouteNotFound("/*", func(echo.Context) error { return echo.ErrNotFound })
}
