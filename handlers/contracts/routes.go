package contracts

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/about/law", h.showLaws, web.Anyone),
		web.Get("/settings/contract-identity", h.showIdentity, web.SignedIn),
		web.Post("/settings/contract-identity", h.saveIdentity, web.SignedIn),
	}
}
