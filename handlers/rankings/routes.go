package rankings

import "tribemarket/handlers/web"

// Routes are the addresses of the area, each with who may use it at all.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/tribes", h.listTribes, web.Anyone),
		web.Get("/tribes/:slug", h.showTribe, web.Anyone),
		web.Get("/rankings", h.showRanking, web.Anyone),
	}
}
