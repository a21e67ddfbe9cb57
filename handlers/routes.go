package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/views/paths"
)

// Routes adds every address of the site, each with who may use it at all.
// Whose things they are, the areas' policies decide: a stranger's proposal or
// deal answers like a missing one.
func (h *Handlers) Routes(e *echo.Echo) {
	e.HTTPErrorHandler = h.Error
	e.Pre(h.headers()) // before all else, so that static files and refusals carry them
	e.GET(paths.Healthz(), h.healthz)
	e.GET(paths.Readyz(), h.readyz)

	limits := h.limits()
	// What networks and search engines ask for, without a session.
	e.GET("/c/:id/picture.png", h.creatorPicture, h.stranger, limits)
	e.GET(paths.Robots(), h.robots, h.stranger, limits)
	e.GET(paths.Sitemap(), h.sitemap, h.stranger, limits)
	e.GET("/sitemaps/:file", h.sitemapFile, h.stranger, limits)
	g := e.Group("", echo.WrapMiddleware(h.Sessions.LoadAndSave), h.csrf(), h.who, limits)
	for _, r := range h.routes() {
		g.Add(r.method, r.path, r.handle, r.guard)
	}
	// Platforms come without a session and without a form's token: their
	// signature stands for both.
	e.POST("/hooks/:provider", h.hook)
	e.POST("/hooks/instagram/deletion", h.deletionHook)
	// So do mail programs: their token stands for who got the mail.
	e.POST("/searches/unsubscribe/:token", h.unsubscribe)
	// Group middleware runs for addresses that don't exist too, so that their
	// page is in the reader's language.
	g.RouteNotFound("/*", func(echo.Context) error { return echo.ErrNotFound })
}

type route struct {
	method, path string
	handle       echo.HandlerFunc
	guard        echo.MiddlewareFunc
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

func (h *Handlers) routes() []route {
	all := []route{
		// For everybody
		{get, "/", h.home, h.anyone},
		{get, "/creators", h.search, h.anyone},
		{get, "/c/:id", h.showCreator, h.anyone},
		{get, "/c/:id/similar", h.showSimilar, h.anyone},
		{get, "/join/:token", h.showJoin, h.anyone},
		{get, "/about/figures", h.about, h.anyone},
		{get, "/about/rules", h.about, h.anyone},
		{get, "/about/accessibility", h.about, h.anyone},
		{get, "/about/privacy", h.aboutPrivacy, h.anyone},
		{post, "/language", h.setLanguage, h.anyone},
		{post, "/appearance", h.setAppearance, h.anyone},

		// Signing in
		{get, "/signup", h.showSignUp, h.anyone},
		{post, "/signup", h.signUp, h.anyone},
		{get, "/signin", h.showSignIn, h.anyone},
		{post, "/signin", h.signIn, h.anyone},
		{post, "/signout", h.signOut, h.anyone},
		{post, "/auth/:provider", h.beginAuth, h.anyone},
		{get, "/auth/:provider/callback", h.finishAuth, h.anyone},
		{get, "/confirm/:token", h.showConfirmation, h.anyone},
		{post, "/confirm/:token", h.confirm, h.anyone},

		// For everybody signed in
		{get, "/dashboard", h.dashboard, h.signedIn},
		{get, "/settings", h.showSettings, h.signedIn},
		{post, "/settings", h.saveSettings, h.signedIn},
		{get, "/b/:id", h.showBrand, h.signedIn},
		{get, "/proposals", h.listProposals, h.signedIn},
		{get, "/proposals/:id", h.showProposal, h.signedIn},
		{get, "/deals", h.listDeals, h.signedIn},
		{get, "/deals/:id", h.showDeal, h.signedIn},
		{post, "/deals/:id/ending", h.endDeal, h.signedIn},

		// For creators
		{get, "/welcome", h.showWelcome, h.creator},
		{post, "/welcome", h.welcome, h.creator},
		{get, "/settings/profile", h.showProfile, h.creator},
		{post, "/settings/profile", h.saveProfile, h.creator},
		{post, "/proposals/:id/acceptance", h.acceptProposal, h.creator},
		{post, "/proposals/:id/refusal", h.declineProposal, h.creator},
		{post, "/deals/:id/deliverables/:n/draft", h.submitDraft, h.creator},
		{post, "/deals/:id/deliverables/:n/publication", h.publish, h.creator},

		// For brands
		{get, "/settings/brand", h.showBrandSettings, h.brand},
		{post, "/settings/brand", h.saveBrand, h.brand},
		{get, "/c/:id/proposals/new", h.newProposal, h.manager},
		{post, "/c/:id/proposals", h.propose, h.manager},
		{post, "/proposals/:id/withdrawal", h.withdrawProposal, h.brand},
		{post, "/proposals/:id/link", h.renewJoinLink, h.brand},
		{post, "/deals/:id/deliverables/:n/approval", h.approveDraft, h.brand},
		{post, "/deals/:id/deliverables/:n/changes", h.requestChanges, h.brand},
		{post, "/deals/:id/deliverables/:n/confirmation", h.confirmPublication, h.brand},
		{post, "/deals/:id/deliverables/:n/doubt", h.doubtPublication, h.brand},
		{post, "/deals/:id/deliverables/:n/objection", h.object, h.brand},
		{post, "/deals/:id/deliverables/:n/objection/withdrawal", h.withdrawObjection, h.brand},
		{post, "/deals/:id/deliverables/:n/completion", h.complete, h.brand},

		// Members of a brand, invitations, agencies, business details
		{post, "/acting", h.switchActing, h.present},
		{get, "/brands/new", h.showNewBrand, h.signedIn},
		{post, "/brands", h.foundBrand, h.signedIn},
		{get, "/invitations/:token", h.showInvitation, h.anyone},
		{post, "/invitations/:token", h.acceptInvitation, h.signedIn},
		{post, "/invitations/:token/account", h.joinAsNewcomer, h.anyone},
		{get, "/settings/members", h.showMembers, h.brand},
		{post, "/settings/members/:id/role", h.changeRole, h.brand},
		{post, "/settings/members/:id/removal", h.removeMember, h.brand},
		{post, "/settings/members/leaving", h.leaveBrand, h.brand},
		{get, "/settings/members/transfer", h.showTransfer, h.recent(h.brand)},
		{post, "/settings/members/transfer", h.transfer, h.recent(h.brand)},
		{post, "/settings/members/invitations", h.invite, h.brand},
		{post, "/settings/members/invitations/:id/resend", h.resendInvitation, h.brand},
		{post, "/settings/members/invitations/:id/cancel", h.cancelInvitation, h.brand},
		{post, "/settings/members/agencies", h.offerMandate, h.brand},
		{post, "/settings/members/agencies/:id/acceptance", h.acceptMandate, h.brand},
		{post, "/settings/members/agencies/:id/end", h.endMandate, h.brand},
		{get, "/settings/business", h.showBusiness, h.brand},
		{post, "/settings/business", h.saveBusiness, h.brand},
		{get, "/settings/domain", h.showDomain, h.brand},
		{post, "/settings/domain", h.nameDomain, h.brand},
		{post, "/settings/domain/check", h.checkDomain, h.brand},
		{post, "/settings/domain/removal", h.removeDomain, h.brand},

		// A person's ways to sign in, second factors and sessions
		{get, "/forgot", h.showForgot, h.anyone},
		{post, "/forgot", h.askReset, h.anyone},
		{get, "/reset/:token", h.showReset, h.anyone},
		{post, "/reset/:token", h.resetPassword, h.anyone},
		{post, "/settings/security/password", h.changePassword, h.present},
		{post, "/settings/security/password/link", h.sendPasswordLink, h.recent(h.present)},
		{get, "/signin/factor", h.showFactor, h.anyone},
		{post, "/signin/passkey/begin", h.beginPasskeySignIn, h.anyone},
		{post, "/signin/passkey", h.finishPasskey, h.anyone},
		{post, "/settings/security/passkeys/begin", h.beginPasskey, h.recent(h.present)},
		{post, "/settings/security/passkeys", h.addPasskey, h.recent(h.present)},
		{post, "/settings/security/passkeys/:id/removal", h.removePasskey, h.recent(h.present)},
		{post, "/signin/factor", h.checkFactor, h.anyone},
		{get, "/settings/security/factor", h.showEnrolment, h.recent(h.present)},
		{post, "/settings/security/factor", h.confirmFactor, h.recent(h.present)},
		{post, "/settings/security/factor/begin", h.beginFactor, h.recent(h.present)},
		{post, "/settings/security/factor/end", h.removeFactor, h.recent(h.present)},
		{post, "/settings/security/factor/recovery", h.renewRecovery, h.recent(h.present)},
		{get, "/confirm-identity", h.showConfirmIdentity, h.present},
		{post, "/confirm-identity", h.confirmIdentity, h.present},
		{get, "/settings/security", h.showSecurity, h.present},
		{post, "/settings/security/sessions/others/end", h.endOtherSessions, h.present},
		{post, "/settings/security/sessions/:id/end", h.endSession, h.present},

		// Signing in with an OpenID Connect provider, and confirming who one is
		{get, "/signup/oidc", h.showSignUpOIDC, h.anyone},
		{post, "/signup/oidc", h.signUpOIDC, h.anyone},
		{post, "/settings/security/ways/:way/removal", h.removeWay, h.recent(h.present)},

		// A creator's accounts on platforms, and what platforms tell us
		{get, "/settings/accounts", h.showConnected, h.creator},
		{post, "/settings/accounts/:id/removal", h.disconnect, h.recent(h.creator)},
		{get, "/deletion/:code", h.showRemoval, h.anyone},

		// A creator's programmes and limits
		{get, "/settings/eligibility", h.showEligibility, h.creator},
		{post, "/settings/eligibility/birth", h.saveBirth, h.creator},
		{get, "/settings/limits", h.showLimits, h.creator},
		{post, "/settings/limits", h.saveLimits, h.creator},
		{get, "/settings/profile/audience", h.showAudience, h.creator},
		{post, "/settings/profile/audience", h.saveAudience, h.creator},
		{get, "/admin/programmes", h.showProgrammes, h.admin},
		{post, "/admin/programmes/:key", h.setFloor, h.admin},
		{post, "/admin/programmes/:key/removal", h.dropFloor, h.admin},

		// Reports and blocks
		{get, "/reports/new", h.newReport, h.signedIn},
		{post, "/reports", h.report, h.signedIn},
		{get, "/settings/blocks", h.showBlocks, h.signedIn},
		{post, "/c/:id/block", h.block, h.brand},
		{post, "/c/:id/block/removal", h.unblock, h.brand},
		{post, "/b/:id/block", h.block, h.creator},
		{post, "/b/:id/block/removal", h.unblock, h.creator},

		// Administration
		{get, "/admin", h.showAdmin, h.admin},
		{get, "/admin/people", h.adminPeople, h.admin},
		{get, "/admin/people/:id", h.adminPerson, h.admin},
		{post, "/admin/people/:id/suspension", h.suspendPerson, h.recent(h.admin)},
		{post, "/admin/people/:id/restoration", h.restorePerson, h.recent(h.admin)},
		{get, "/admin/brands", h.adminBrands, h.admin},
		{get, "/admin/brands/:id", h.adminBrand, h.admin},
		{post, "/admin/brands/:id/suspension", h.suspendBrand, h.recent(h.admin)},
		{post, "/admin/brands/:id/restoration", h.restoreBrand, h.recent(h.admin)},
		{get, "/admin/creators", h.adminCreators, h.admin},
		{get, "/admin/creators/:id", h.adminCreator, h.admin},
		{post, "/admin/creators/:id/suspension", h.suspendCreator, h.recent(h.admin)},
		{post, "/admin/creators/:id/restoration", h.restoreCreator, h.recent(h.admin)},
		{get, "/admin/reports", h.adminReports, h.admin},
		{get, "/admin/reports/:id", h.adminReport, h.admin},
		{post, "/admin/reports/:id/decision", h.decideReport, h.recent(h.admin)},
		{post, "/admin/reports/:id/reopening", h.reopenReport, h.recent(h.admin)},
		{get, "/admin/tribes", h.adminTribes, h.admin},
		{get, "/admin/tribes/new", h.adminNewTribe, h.admin},
		{post, "/admin/tribes", h.addTribe, h.recent(h.admin)},
		{get, "/admin/tribes/:slug", h.adminTribe, h.admin},
		{post, "/admin/tribes/:slug", h.editTribe, h.recent(h.admin)},
		{get, "/admin/audit", h.adminAudit, h.admin},

		// Searching, lookalikes, relevance
		{get, "/admin/relevance", h.showRelevance, h.admin},
		{post, "/admin/relevance", h.setRelevance, h.recent(h.admin)},

		// Saved searches and their alerts
		{get, "/searches", h.listSearches, h.brand},
		{get, "/searches/new", h.newSearch, h.brand},
		{post, "/searches", h.saveSearch, h.brand},
		{get, "/searches/:id", h.showSearch, h.brand},
		{post, "/searches/:id/name", h.renameSearch, h.brand},
		{post, "/searches/:id/alert", h.setSearchAlert, h.brand},
		{post, "/searches/:id/seen", h.markSearchSeen, h.brand},
		{post, "/searches/:id/removal", h.deleteSearch, h.brand},
		{get, "/searches/unsubscribe/:token", h.showUnsubscribe, h.anyone},

		// Shortlists, comparison, budget
		{get, "/shortlists", h.listShortlists, h.brand},
		{post, "/shortlists", h.createShortlist, h.brand},
		{get, "/shortlists/add", h.showAddToLists, h.brand},
		{post, "/shortlists/add", h.addToLists, h.brand},
		{get, "/shortlists/:id", h.showShortlist, h.brand},
		{get, "/shortlists/:id/budget", h.showBudget, h.brand},
		{get, "/compare", h.compare, h.anyone},
		{post, "/shortlists/:id/name", h.renameShortlist, h.brand},
		{post, "/shortlists/:id/removal", h.deleteShortlist, h.brand},
		{post, "/shortlists/:id/creators/:creator", h.annotateOnList, h.brand},
		{post, "/shortlists/:id/creators/:creator/removal", h.removeFromList, h.brand},

		// Exports of searches, lists and comparisons
		{get, "/creators/export.csv", h.exportSearch, h.brand},
		{get, "/creators/export.xlsx", h.exportSearch, h.brand},
		{get, "/shortlists/:id/export.csv", h.exportShortlist, h.brand},
		{get, "/shortlists/:id/export.xlsx", h.exportShortlist, h.brand},
		{get, "/compare/export.csv", h.exportComparison, h.brand},
		{get, "/compare/export.xlsx", h.exportComparison, h.brand},

		// Tribes, rankings and public creator pages
		{get, "/tribes", h.listTribes, h.anyone},
		{get, "/tribes/:slug", h.showTribe, h.anyone},
		{get, "/rankings", h.showRanking, h.anyone},

		// What is held on a person: export, erasure, claims
		{get, "/settings/privacy", h.showPrivacy, h.present},
		{post, "/settings/privacy/export", h.exportPrivacy, h.recent(h.present)},
		{post, "/settings/privacy/erasure", h.erase, h.recent(h.present)},
		{get, "/c/:id/claim", h.showClaim, h.anyone},
	}
	if h.Site.Demo {
		all = append(all, route{get, "/demo/mails", h.demoMails, h.anyone})
	}
	if h.Site.Development {
		all = append(all, route{get, "/dev/components", h.components, h.anyone})
	}
	return all
}
