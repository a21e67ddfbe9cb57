package discovery

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		// Saved searches and their alerts
		web.Get("/searches", h.listSearches, web.Brand),
		web.Get("/searches/new", h.showSearchForm, web.Brand),
		web.Post("/searches", h.saveSearch, web.Brand),
		web.Get("/searches/:id", h.showSearch, web.Brand),
		web.Post("/searches/:id/name", h.renameSearch, web.Brand),
		web.Post("/searches/:id/alert", h.setSearchAlert, web.Brand),
		web.Post("/searches/:id/seen", h.markSearchSeen, web.Brand),
		web.Post("/searches/:id/removal", h.deleteSearch, web.Brand),
		web.Get("/searches/unsubscribe/:token", h.showUnsubscribe, web.Anyone),
		web.Post("/searches/unsubscribe/:token", h.unsubscribeFromAlert, web.Machine),

		// Shortlists, their budget, creators beside each other
		web.Get("/shortlists", h.listShortlists, web.Brand),
		web.Post("/shortlists", h.createShortlist, web.Brand),
		web.Get("/shortlists/add", h.showAddToShortlists, web.Brand),
		web.Post("/shortlists/add", h.addToShortlists, web.Brand),
		web.Post("/c/:id/bookmark", h.bookmarkCreator, web.Brand),
		web.Get("/shortlists/:id", h.showShortlist, web.Brand),
		web.Get("/shortlists/:id/budget", h.showBudget, web.Brand),
		web.Post("/shortlists/:id/name", h.renameShortlist, web.Brand),
		web.Post("/shortlists/:id/removal", h.deleteShortlist, web.Brand),
		web.Post("/shortlists/:id/creators/:creator", h.annotateCreator, web.Brand),
		web.Post("/shortlists/:id/creators/:creator/removal", h.removeFromShortlist, web.Brand),
		web.Get("/compare", h.compareCreators, web.Anyone),

		// What is found and kept, as files
		web.Get("/creators/export.csv", h.exportSearch, web.Brand),
		web.Get("/creators/export.xlsx", h.exportSearch, web.Brand),
		web.Get("/shortlists/:id/export.csv", h.exportShortlist, web.Brand),
		web.Get("/shortlists/:id/export.xlsx", h.exportShortlist, web.Brand),
		web.Get("/compare/export.csv", h.exportComparison, web.Brand),
		web.Get("/compare/export.xlsx", h.exportComparison, web.Brand),
	}
}
