package search

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/creators", h.searchCreators, web.Anyone),
		web.Get("/c/:id/similar", h.showSimilar, web.Anyone),
		web.Get("/admin/relevance", h.showRelevance, web.Admin),
		web.Post("/admin/relevance", h.setRelevance, web.Recent(web.Admin)),
	}
}
