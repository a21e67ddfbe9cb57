package setup

import "tribemarket/handlers/web"

// Routes are the area's routes.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/setup/:token", h.showIdentity, web.Anyone),
		web.Post("/setup/:token", h.saveIdentity, web.Anyone),
		web.Get("/setup/:token/mail", h.showMailServer, web.Anyone),
		web.Post("/setup/:token/mail", h.saveMailServer, web.Anyone),
		web.Get("/setup/:token/administrator", h.showAdmin, web.Anyone),
		web.Post("/setup/:token/administrator", h.createAdmin, web.Anyone),
	}
}
