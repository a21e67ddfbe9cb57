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
		web.Get("/deals", h.listDeals, web.SignedIn),
		web.Get("/deals/:id", h.showDeal, web.SignedIn),
		web.Post("/deals/:id/ending", h.endDeal, web.SignedIn),
		web.Post("/deals/:id/notice", h.giveNotice, web.SignedIn),
		web.Post("/deals/:id/contract", h.askForContract, web.SignedIn),
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
