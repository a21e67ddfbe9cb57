package accounts

import (
	"tribemarket/handlers/web"
	"tribemarket/models/files"
)

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		// Signing up and in
		web.Get("/signup", h.showSignUp, web.Anyone),
		web.Post("/signup", h.signUp, web.Anyone),
		web.Get("/signup/oidc", h.showOIDCSignUp, web.Anyone),
		web.Post("/signup/oidc", h.signUpWithOIDC, web.Anyone),
		web.Get("/signin", h.showSignIn, web.Anyone),
		web.Post("/signin", h.signIn, web.Anyone),
		web.Post("/signin/passkey/begin", h.beginPasskeySignIn, web.Anyone),
		web.Post("/signin/passkey", h.checkPasskey, web.Anyone),
		web.Get("/signin/factor", h.showSecondFactor, web.Anyone),
		web.Post("/signin/factor", h.checkSecondFactor, web.Anyone),
		web.Post("/auth/:provider", h.beginOAuth, web.Anyone),
		web.Get("/auth/:provider/callback", h.finishOAuth, web.Anyone),
		web.Get("/welcome", h.showWelcome, web.Creator),
		web.Post("/welcome", h.saveWelcome, web.Creator),
		web.Post("/signout", h.signOut, web.Anyone),
		web.Get("/confirm/:token", h.showEmailConfirmation, web.Anyone),
		web.Post("/confirm/:token", h.confirmEmail, web.Anyone),
		web.Get("/forgot", h.showForgottenPassword, web.Anyone),
		web.Post("/forgot", h.requestPasswordReset, web.Anyone),
		web.Get("/reset/:token", h.showPasswordReset, web.Anyone),
		web.Post("/reset/:token", h.resetPassword, web.Anyone),
		web.Get("/confirm-identity", h.showConfirmIdentity, web.Present),
		web.Post("/confirm-identity", h.confirmIdentity, web.Present),
		web.Post("/confirm-identity/code", h.sendIdentityCode, web.Present),

		// A person's settings: sign-in methods, second factors, sessions
		web.Get("/settings", h.showSettings, web.SignedIn),
		web.Post("/settings", h.saveSettings, web.SignedIn),
		web.Post("/settings/confirmation", h.resendConfirmation, web.SignedIn),
		web.Get("/settings/security", h.showSecurity, web.Present),
		web.Post("/settings/security/password", h.changePassword, web.Present),
		web.Post("/settings/security/password/link", h.sendPasswordLink, web.Recent(web.Present)),
		web.Post("/settings/security/ways/:way/removal", h.removeSignInMethod, web.Recent(web.Present)),
		web.Post("/settings/security/passkeys/begin", h.beginPasskeyRegistration, web.Recent(web.Present)),
		web.Post("/settings/security/passkeys", h.addPasskey, web.Recent(web.Present)),
		web.Post("/settings/security/passkeys/:id/removal", h.removePasskey, web.Recent(web.Present)),
		web.Get("/settings/security/factor", h.showFactorEnrolment, web.Recent(web.Present)),
		web.Post("/settings/security/factor", h.finishFactorEnrolment, web.Recent(web.Present)),
		web.Post("/settings/security/factor/begin", h.beginFactorEnrolment, web.Recent(web.Present)),
		web.Post("/settings/security/factor/end", h.removeSecondFactor, web.Recent(web.Present)),
		web.Post("/settings/security/factor/recovery", h.renewRecoveryCodes, web.Recent(web.Present)),
		web.Post("/settings/security/sessions/others/end", h.endOtherSessions, web.Present),
		web.Post("/settings/security/sessions/:id/end", h.endSession, web.Present),

		// Brands, and switching between roles
		web.Get("/b/:id", h.showBrand, web.SignedIn),
		web.Get("/brands/new", h.showNewBrand, web.SignedIn),
		web.Post("/brands", h.foundBrand, web.SignedIn),
		web.Post("/acting", h.switchActing, web.Present),
		web.Get("/settings/brand", h.showBrandSettings, web.Brand),
		web.Post("/settings/brand", h.saveBrand, web.Brand),
		web.Get("/settings/brand/logo", h.showLogo, web.Brand),
		web.Upload("/settings/brand/logo", h.saveLogo, web.Brand, files.MaxUpload),
		web.Post("/settings/brand/logo/removal", h.removeLogo, web.Brand),
		web.Get("/settings/approval", h.showApproval, web.Brand),
		web.Post("/settings/approval", h.setApproval, web.Brand),
		web.Get("/settings/budget", h.showBudget, web.Brand),
		web.Post("/settings/budget", h.planBudget, web.Brand),
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
		web.Get("/settings/members/transfer", h.showOwnershipTransfer, web.Recent(web.Brand)),
		web.Post("/settings/members/transfer", h.transferOwnership, web.Recent(web.Brand)),
		web.Post("/settings/members/invitations", h.inviteMember, web.Brand),
		web.Post("/settings/members/invitations/:id/resend", h.resendInvitation, web.Brand),
		web.Post("/settings/members/invitations/:id/cancel", h.cancelInvitation, web.Brand),
		web.Get("/invitations/:token", h.showInvitation, web.Anyone),
		web.Post("/invitations/:token", h.acceptInvitation, web.SignedIn),
		web.Post("/invitations/:token/account", h.signUpByInvitation, web.Anyone),
		web.Post("/settings/members/agencies", h.offerMandate, web.Brand),
		web.Post("/settings/members/agencies/:id/acceptance", h.acceptMandate, web.Brand),
		web.Post("/settings/members/agencies/:id/end", h.endMandate, web.Brand),
	}
}
