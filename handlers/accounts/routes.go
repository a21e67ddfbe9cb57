package accounts

import "tribemarket/handlers/web"

// Routes are the addresses of the area, each with who may use it at all.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		// Signing up and in
		web.Get("/signup", h.showSignUp, web.Anyone),
		web.Post("/signup", h.signUp, web.Anyone),
		web.Get("/signup/oidc", h.showSignUpOIDC, web.Anyone),
		web.Post("/signup/oidc", h.signUpOIDC, web.Anyone),
		web.Get("/signin", h.showSignIn, web.Anyone),
		web.Post("/signin", h.signIn, web.Anyone),
		web.Post("/signin/passkey/begin", h.beginPasskeySignIn, web.Anyone),
		web.Post("/signin/passkey", h.finishPasskey, web.Anyone),
		web.Get("/signin/factor", h.showFactor, web.Anyone),
		web.Post("/signin/factor", h.checkFactor, web.Anyone),
		web.Post("/auth/:provider", h.beginAuth, web.Anyone),
		web.Get("/auth/:provider/callback", h.finishAuth, web.Anyone),
		web.Post("/signout", h.signOut, web.Anyone),
		web.Get("/confirm/:token", h.showConfirmation, web.Anyone),
		web.Post("/confirm/:token", h.confirm, web.Anyone),
		web.Get("/forgot", h.showForgot, web.Anyone),
		web.Post("/forgot", h.askReset, web.Anyone),
		web.Get("/reset/:token", h.showReset, web.Anyone),
		web.Post("/reset/:token", h.resetPassword, web.Anyone),
		web.Get("/confirm-identity", h.showConfirmIdentity, web.Present),
		web.Post("/confirm-identity", h.confirmIdentity, web.Present),

		// The settings of a person: ways to sign in, second factors, sessions
		web.Get("/settings", h.showSettings, web.SignedIn),
		web.Post("/settings", h.saveSettings, web.SignedIn),
		web.Get("/settings/security", h.showSecurity, web.Present),
		web.Post("/settings/security/password", h.changePassword, web.Present),
		web.Post("/settings/security/password/link", h.sendPasswordLink, web.Recent(web.Present)),
		web.Post("/settings/security/ways/:way/removal", h.removeWay, web.Recent(web.Present)),
		web.Post("/settings/security/passkeys/begin", h.beginPasskey, web.Recent(web.Present)),
		web.Post("/settings/security/passkeys", h.addPasskey, web.Recent(web.Present)),
		web.Post("/settings/security/passkeys/:id/removal", h.removePasskey, web.Recent(web.Present)),
		web.Get("/settings/security/factor", h.showEnrolment, web.Recent(web.Present)),
		web.Post("/settings/security/factor", h.confirmFactor, web.Recent(web.Present)),
		web.Post("/settings/security/factor/begin", h.beginFactor, web.Recent(web.Present)),
		web.Post("/settings/security/factor/end", h.removeFactor, web.Recent(web.Present)),
		web.Post("/settings/security/factor/recovery", h.renewRecovery, web.Recent(web.Present)),
		web.Post("/settings/security/sessions/others/end", h.endOtherSessions, web.Present),
		web.Post("/settings/security/sessions/:id/end", h.endSession, web.Present),

		// Brands, and for whom a person acts
		web.Get("/b/:id", h.showBrand, web.SignedIn),
		web.Get("/brands/new", h.showNewBrand, web.SignedIn),
		web.Post("/brands", h.foundBrand, web.SignedIn),
		web.Post("/acting", h.switchActing, web.Present),
		web.Get("/settings/brand", h.showBrandSettings, web.Brand),
		web.Post("/settings/brand", h.saveBrand, web.Brand),
		web.Get("/settings/business", h.showBusiness, web.Brand),
		web.Post("/settings/business", h.saveBusiness, web.Brand),
		web.Get("/settings/domain", h.showDomain, web.Brand),
		web.Post("/settings/domain", h.nameDomain, web.Brand),
		web.Post("/settings/domain/check", h.checkDomain, web.Brand),
		web.Post("/settings/domain/removal", h.removeDomain, web.Brand),

		// Members, invitations, agencies
		web.Get("/settings/members", h.showMembers, web.Brand),
		web.Post("/settings/members/:id/role", h.changeRole, web.Brand),
		web.Post("/settings/members/:id/removal", h.removeMember, web.Brand),
		web.Post("/settings/members/leaving", h.leaveBrand, web.Brand),
		web.Get("/settings/members/transfer", h.showTransfer, web.Recent(web.Brand)),
		web.Post("/settings/members/transfer", h.transfer, web.Recent(web.Brand)),
		web.Post("/settings/members/invitations", h.invite, web.Brand),
		web.Post("/settings/members/invitations/:id/resend", h.resendInvitation, web.Brand),
		web.Post("/settings/members/invitations/:id/cancel", h.cancelInvitation, web.Brand),
		web.Get("/invitations/:token", h.showInvitation, web.Anyone),
		web.Post("/invitations/:token", h.acceptInvitation, web.SignedIn),
		web.Post("/invitations/:token/account", h.joinAsNewcomer, web.Anyone),
		web.Post("/settings/members/agencies", h.offerMandate, web.Brand),
		web.Post("/settings/members/agencies/:id/acceptance", h.acceptMandate, web.Brand),
		web.Post("/settings/members/agencies/:id/end", h.endMandate, web.Brand),
	}
}
