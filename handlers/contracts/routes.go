package contracts

import "tribemarket/handlers/web"

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/about/law", h.showLaws, web.Anyone),
		web.Get("/settings/contract-identity", h.showIdentity, web.SignedIn),
		web.Post("/settings/contract-identity", h.saveIdentity, web.SignedIn),
		web.Get("/contracts/:id", h.showContract, web.SignedIn),
		web.Get("/contracts/:id/contract.pdf", h.sendPDF(false), web.SignedIn),
		web.Get("/contracts/:id/certificate.pdf", h.sendPDF(true), web.SignedIn),
		web.Post("/contracts/:id/signature", h.signContract, web.SignedIn), // asks for a proof itself, and keeps what was typed
		web.Post("/contracts/:id/reminder", h.remindOther, web.SignedIn),
		web.Post("/contracts/:id/signer", h.nameSigner, web.SignedIn),
		web.Post("/contracts/:id/withdrawal", h.withdrawAmendment, web.SignedIn),
		web.Post("/contracts/:id/refusal", h.declineContract, web.SignedIn),
		web.Get("/check", h.showCheck, web.Anyone),
		web.Upload("/check", h.checkDocument, web.Anyone, maxCheckedFile),
	}
}
