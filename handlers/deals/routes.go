package deals

import "tribemarket/handlers/web"

// Routes are the addresses of the area, each with who may use it at all.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		// Proposals
		web.Get("/proposals", h.listProposals, web.SignedIn),
		web.Get("/proposals/:id", h.showProposal, web.SignedIn),
		web.Get("/c/:id/proposals/new", h.newProposal, web.Manager),
		web.Post("/c/:id/proposals", h.propose, web.Manager),
		web.Post("/proposals/:id/acceptance", h.acceptProposal, web.Creator),
		web.Post("/proposals/:id/refusal", h.declineProposal, web.Creator),
		web.Post("/proposals/:id/withdrawal", h.withdrawProposal, web.Brand),
		web.Post("/proposals/:id/link", h.renewJoinLink, web.Brand),
		web.Get("/join/:token", h.showJoin, web.Anyone),

		// Deals
		web.Get("/deals", h.listDeals, web.SignedIn),
		web.Get("/deals/:id", h.showDeal, web.SignedIn),
		web.Post("/deals/:id/ending", h.endDeal, web.SignedIn),

		// Deliverables
		web.Post("/deals/:id/deliverables/:n/draft", h.submitDraft, web.Creator),
		web.Post("/deals/:id/deliverables/:n/approval", h.approveDraft, web.Brand),
		web.Post("/deals/:id/deliverables/:n/changes", h.requestChanges, web.Brand),
		web.Post("/deals/:id/deliverables/:n/publication", h.publish, web.Creator),
		web.Post("/deals/:id/deliverables/:n/confirmation", h.confirmPublication, web.Brand),
		web.Post("/deals/:id/deliverables/:n/doubt", h.doubtPublication, web.Brand),
		web.Post("/deals/:id/deliverables/:n/objection", h.object, web.Brand),
		web.Post("/deals/:id/deliverables/:n/objection/withdrawal", h.withdrawObjection, web.Brand),
		web.Post("/deals/:id/deliverables/:n/completion", h.complete, web.Brand),
	}
}
