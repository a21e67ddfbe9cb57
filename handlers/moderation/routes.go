package moderation

import "tribemarket/handlers/web"

// Routes are the addresses of the area, each with who may use it at all.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		// Reports and blocks
		web.Get("/reports/new", h.newReport, web.SignedIn),
		web.Post("/reports", h.report, web.SignedIn),
		web.Get("/settings/blocks", h.showBlocks, web.SignedIn),
		web.Post("/c/:id/block", h.block, web.Brand),
		web.Post("/c/:id/block/removal", h.unblock, web.Brand),
		web.Post("/b/:id/block", h.block, web.Creator),
		web.Post("/b/:id/block/removal", h.unblock, web.Creator),

		// Administration
		web.Get("/admin", h.showAdmin, web.Admin),
		web.Get("/admin/people", h.adminPeople, web.Admin),
		web.Get("/admin/people/:id", h.adminPerson, web.Admin),
		web.Post("/admin/people/:id/suspension", h.suspendPerson, web.Recent(web.Admin)),
		web.Post("/admin/people/:id/restoration", h.restorePerson, web.Recent(web.Admin)),
		web.Get("/admin/brands", h.adminBrands, web.Admin),
		web.Get("/admin/brands/:id", h.adminBrand, web.Admin),
		web.Post("/admin/brands/:id/suspension", h.suspendBrand, web.Recent(web.Admin)),
		web.Post("/admin/brands/:id/restoration", h.restoreBrand, web.Recent(web.Admin)),
		web.Get("/admin/creators", h.adminCreators, web.Admin),
		web.Get("/admin/creators/:id", h.adminCreator, web.Admin),
		web.Post("/admin/creators/:id/suspension", h.suspendCreator, web.Recent(web.Admin)),
		web.Post("/admin/creators/:id/restoration", h.restoreCreator, web.Recent(web.Admin)),
		web.Get("/admin/reports", h.adminReports, web.Admin),
		web.Get("/admin/reports/:id", h.adminReport, web.Admin),
		web.Post("/admin/reports/:id/decision", h.decideReport, web.Recent(web.Admin)),
		web.Post("/admin/reports/:id/reopening", h.reopenReport, web.Recent(web.Admin)),
		web.Get("/admin/audit", h.adminAudit, web.Admin),
	}
}
