package negotiation

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/negotiations", h.listNegotiations, web.SignedIn),
		web.Get("/negotiations/:id", h.showNegotiation, web.SignedIn),
		web.Get("/c/:id/negotiations/new", h.newNegotiation, web.Manager),
		web.Post("/c/:id/negotiations", h.propose, web.Manager),
		web.Get("/brands", h.listOpenDoors, web.Creator),
		web.Get("/b/:id/pitches/new", h.newPitch, web.Creator),
		web.Post("/b/:id/pitches", h.sendPitch, web.Creator),
		web.Get("/settings/door", h.showDoor, web.Brand),
		web.Post("/settings/door", h.saveDoor, web.Brand),
		web.Get("/negotiations/:id/offers/new", h.newOffer, web.SignedIn),
		web.Post("/negotiations/:id/offers", h.sendOffer, web.SignedIn),
		web.Get("/negotiations/:id/offers/:n/offer.pdf", h.downloadOffer, web.SignedIn),
		web.Post("/negotiations/:id/acceptance", h.accept, web.SignedIn),
		web.Post("/negotiations/:id/refusal", h.decline, web.SignedIn),
		web.Post("/negotiations/:id/withdrawal", h.withdraw, web.SignedIn),
		web.Post("/negotiations/:id/extension", h.askExtension, web.SignedIn),
		web.Post("/negotiations/:id/extension/acceptance", h.acceptExtension, web.SignedIn),
		web.Post("/negotiations/:id/extension/refusal", h.refuseExtension, web.SignedIn),
		web.Post("/negotiations/:id/link", h.renewJoinLink, web.Brand),
		web.Post("/negotiations/:id/template", h.saveTemplate, web.Manager),
		web.Get("/contracts/:id/amendments/new", h.newAmendment, web.SignedIn),
		web.Post("/contracts/:id/amendments", h.proposeAmendment, web.SignedIn),
		web.Get("/settings/templates", h.listTemplates, web.Brand),
		web.Post("/settings/templates/:id", h.renameTemplate, web.Manager),
		web.Post("/settings/templates/:id/removal", h.removeTemplate, web.Manager),
		web.Get("/join/:token", h.showJoin, web.Anyone),
		web.Get("/negotiations/held/:id", h.showHeldProposal, web.Brand),
		web.Post("/negotiations/held/:id/sending", h.sendHeldProposal, web.Manager),
		web.Post("/negotiations/held/:id/refusal", h.refuseHeldProposal, web.Manager),
		web.Post("/negotiations/held/:id/removal", h.removeHeldProposal, web.Manager),

		// What these pages were called before
		web.Get("/proposals", h.moveList, web.SignedIn),
		web.Get("/proposals/:id", h.moveNegotiation, web.SignedIn),
		web.Get("/proposals/held/:id", h.moveHeldProposal, web.Brand),
		web.Get("/c/:id/proposals/new", h.moveForm, web.Manager),
	}
}
