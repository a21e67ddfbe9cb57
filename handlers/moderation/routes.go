package moderation

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		// Reports and blocks
		web.Get("/reports/new", h.showReportForm, web.SignedIn),
		web.Post("/reports", h.sendReport, web.SignedIn),
		web.Get("/settings/blocks", h.showBlocks, web.SignedIn),
		web.Post("/c/:id/block", h.addBlock, web.Brand),
		web.Post("/c/:id/block/removal", h.removeBlock, web.Brand),
		web.Post("/b/:id/block", h.addBlock, web.Creator),
		web.Post("/b/:id/block/removal", h.removeBlock, web.Creator),

		// Administration
		web.Get("/admin", h.showOverview, web.Admin),
		web.Get("/admin/people", h.listPeople, web.Admin),
		web.Get("/admin/people/:id", h.showPerson, web.Admin),
		web.Post("/admin/people/:id/suspension", h.suspendPerson, web.Recent(web.Admin)),
		web.Post("/admin/people/:id/restoration", h.restorePerson, web.Recent(web.Admin)),
		web.Get("/admin/brands", h.listBrands, web.Admin),
		web.Get("/admin/brands/:id", h.showBrand, web.Admin),
		web.Post("/admin/brands/:id/suspension", h.suspendBrand, web.Recent(web.Admin)),
		web.Post("/admin/brands/:id/restoration", h.restoreBrand, web.Recent(web.Admin)),
		web.Post("/admin/brands/:id/holds", h.shortenBrandHolds, web.Recent(web.Admin)),
		web.Post("/admin/brands/:id/political-objectives", h.allowPolitical, web.Recent(web.Admin)),
		web.Post("/admin/brands/:id/political-objectives/removal", h.refusePolitical, web.Recent(web.Admin)),
		web.Get("/admin/creators", h.listCreators, web.Admin),
		web.Get("/admin/creators/:id", h.showCreator, web.Admin),
		web.Post("/admin/creators/:id/suspension", h.suspendCreator, web.Recent(web.Admin)),
		web.Post("/admin/creators/:id/restoration", h.restoreCreator, web.Recent(web.Admin)),
		web.Post("/admin/creators/:id/holds", h.shortenCreatorHolds, web.Recent(web.Admin)),
		web.Get("/admin/deals", h.listDeals, web.Admin),
		web.Get("/admin/reports", h.listReports, web.Admin),
		web.Get("/admin/reports/:id", h.showReport, web.Admin),
		web.Post("/admin/reports/:id/decision", h.decideReport, web.Recent(web.Admin)),
		web.Post("/admin/reports/:id/reopening", h.reopenReport, web.Recent(web.Admin)),
		web.Get("/admin/work", h.showWork, web.Admin),
		web.Get("/admin/audit", h.showAuditLog, web.Admin),
	}
}
