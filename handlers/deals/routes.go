package deals

import (
	"slices"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/deals"
)

// Routes lists the routes of the area, each with its guard. Those of the actions on a
// deliverable come from its table; docs/authorisation.csv lists them too.
func (h *Handlers) Routes() []web.Route {
	routes := []web.Route{
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
		web.Get("/proposals/held/:id", h.showHeldProposal, web.Brand),
		web.Post("/proposals/held/:id/sending", h.sendHeldProposal, web.Manager),
		web.Post("/proposals/held/:id/removal", h.removeHeldProposal, web.Manager),

		// Deals
		web.Get("/deals", h.listDeals, web.SignedIn),
		web.Get("/deals/:id", h.showDeal, web.SignedIn),
		web.Post("/deals/:id/ending", h.endDeal, web.SignedIn),
	}
	for _, action := range deals.DeliverableTable.Actions {
		if action.Path != "" {
			routes = append(routes, web.Post("/deals/:id/deliverables/:n/"+action.Path, h.actOnDeliverable(action), guardOf(action.Action)))
		}
	}
	return routes
}

// guardOf is the guard that admits the sides named by the table.
func guardOf(action deals.Action) web.Guard {
	switch sides := deals.DeliverableTable.Sides(action); {
	case !slices.Contains(sides, models.SideBrand):
		return web.Creator
	case !slices.Contains(sides, models.SideCreator):
		return web.Brand
	}
	return web.SignedIn
}
