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
		h.Setup.Routes(),
		h.Accounts.Routes(),
		h.Creators.Routes(),
		h.Files.Routes(),
		h.Search.Routes(),
		h.Rankings.Routes(),
		h.Discovery.Routes(),
		h.Negotiations.Routes(),
		h.Deals.Routes(),
		h.Contracts.Routes(),
		h.Moderation.Routes(),
		h.Notifications.Routes(),
		h.Imports.Routes(),
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
			switch {
			case r.MaxFile > 0: // whose body is read only once it is known who asks
				e.Add(method, r.Path, r.Handle, h.WatchDatabase, h.LoadSession, h.CheckOrigin, h.Identify, limits, h.ReadUpload(r.Guard, r.MaxFile), h.CSRF(), web.RefuseBrokenText, h.Check(r.Guard))
			case r.Guard == web.Machine:
				e.Add(method, r.Path, r.Handle, h.WatchDatabase, programs, web.RefuseBrokenText)
			case r.Guard == web.Stranger:
				e.Add(method, r.Path, r.Handle, h.WatchDatabase, h.IdentifyStranger, limits, web.RefuseBrokenText)
			case r.Shared:
				e.Add(method, r.Path, r.Handle, h.WatchDatabase, h.LoadSession, h.Identify, limits, web.RefuseBrokenText, h.Check(r.Guard))
			default:
				pages.Add(method, r.Path, r.Handle, h.Check(r.Guard))
			}
		}
	}
	// Group middleware also runs for URLs that do not exist, so that their page is in the
	// reader's language.
	pages.RouteNotFound("/*", func(echo.Context) error { return echo.ErrNotFound })
}

// HasOwnBodyLimit says whether a request is for an upload, which has a limit of its own.
func (h *Handlers) HasOwnBodyLimit() func(echo.Context) bool {
	uploads := map[string]bool{}
	for _, r := range h.routes() {
		if r.MaxFile > 0 {
			uploads[r.Method+" "+r.Path] = true
		}
	}
	return func(c echo.Context) bool { return uploads[c.Request().Method+" "+c.Path()] }
}
