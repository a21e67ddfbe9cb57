package creators

import (
	"tribemarket/handlers/web"
	"tribemarket/models/files"
)

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		// The public page
		web.Get("/c/:id", h.showCreator, web.Anyone),
		web.Get("/c/:id/picture.png", h.showPicture, web.Stranger),
		web.Get("/c/:id/posts/:platform/:post", h.showPost, web.Anyone),

		// The profile, and who may propose what
		web.Get("/settings/profile", h.showProfile, web.Creator),
		web.Post("/settings/profile", h.saveProfile, web.Creator),
		web.Get("/settings/profile/audience", h.showAudience, web.Creator),
		web.Post("/settings/profile/audience", h.saveAudience, web.Creator),
		web.Get("/settings/profile/pictures", h.showPictures, web.Creator),
		web.Upload("/settings/profile/pictures", h.addPicture, web.Creator, files.MaxUpload),
		web.Post("/settings/profile/thumbnails", h.allowThumbnails, web.Creator),
		web.Post("/settings/profile/thumbnails/removal", h.withdrawThumbnails, web.Creator),
		web.Post("/settings/profile/pictures/:id/description", h.describePicture, web.Creator),
		web.Post("/settings/profile/pictures/:id/move", h.movePicture, web.Creator),
		web.Post("/settings/profile/pictures/:id/removal", h.removePicture, web.Creator),
		web.Get("/settings/limits", h.showLimits, web.Creator),
		web.Post("/settings/limits", h.saveLimits, web.Creator),
		web.Get("/settings/eligibility", h.showEligibility, web.Creator),
		web.Post("/settings/eligibility/birth", h.saveBirthDate, web.Creator),

		// Accounts on platforms, and what platforms tell us of them
		web.Get("/settings/accounts", h.showConnectedAccounts, web.Creator),
		web.Post("/settings/accounts/:id/removal", h.disconnectAccount, web.Recent(web.Creator)),
		web.Post("/hooks/:provider", h.handlePlatformHook, web.Machine),
		web.Post("/hooks/instagram/deletion", h.handleDeletionHook, web.Machine),
		web.Get("/deletion/:code", h.showRemovalStatus, web.Anyone),

		// Administration of tribes and programmes
		web.Get("/admin/tribes", h.listTribes, web.Admin),
		web.Get("/admin/tribes/new", h.showNewTribe, web.Admin),
		web.Post("/admin/tribes", h.addTribe, web.Recent(web.Admin)),
		web.Get("/admin/tribes/:slug", h.showTribe, web.Admin),
		web.Post("/admin/tribes/:slug", h.editTribe, web.Recent(web.Admin)),
		web.Get("/admin/programmes", h.showProgrammes, web.Admin),
		web.Post("/admin/programmes/:key", h.setFloor, web.Admin),
		web.Post("/admin/programmes/:key/removal", h.removeFloor, web.Admin),
	}
}
