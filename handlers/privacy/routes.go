package privacy

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/about/privacy", h.showPrivacyNotice, web.Anyone),
		web.Get("/settings/privacy", h.showPrivacy, web.Present),
		web.Post("/settings/privacy/export", h.exportPersonalData, web.Recent(web.Present)),
		web.Post("/settings/privacy/erasure", h.erasePerson, web.Recent(web.Present)),
		web.Post("/settings/privacy/erasure/cancellation", h.cancelErasure, web.Present),
		web.Get("/c/:id/claim", h.showClaim, web.Anyone),
	}
}
