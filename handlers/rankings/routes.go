package rankings

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/tribes", h.listTribes, web.Anyone),
		web.Get("/tribes/:slug", h.showTribe, web.Anyone),
		web.Get("/rankings", h.showRanking, web.Anyone),
	}
}
