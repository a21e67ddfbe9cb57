package site

import (
	"tribemarket/handlers/web"
	"tribemarket/views/site"
)

// Routes lists the routes of the area, each with its guard.
func (h *Handlers) Routes() []web.Route {
	all := []web.Route{
		web.Get("/", h.showHome, web.Anyone),
		web.Get("/example/creator", h.showExampleCreator, web.Anyone),
		web.Get("/example/deal", h.showExampleDeal, web.Anyone),
		web.Get("/about/figures", h.showFigures, web.Anyone),
		web.Get("/about/rules", h.showRules, web.Anyone),
		web.Get("/about/accessibility", h.textPage("site.accessibility.title", site.Accessibility), web.Anyone),
		web.Get("/proposal-template.pdf", h.sendBlankProposal, web.Anyone),
		web.Get("/proposal-template.docx", h.sendBlankProposal, web.Anyone),
		web.Get("/dashboard", h.showDashboard, web.SignedIn),
		web.Post("/language", h.setLanguage, web.Anyone),
		web.Post("/appearance", h.setAppearance, web.Anyone),

		// What programs ask for
		web.Get("/robots.txt", h.sendRobots, web.Stranger),
		web.Get("/sitemap.xml", h.sendSitemapIndex, web.Stranger),
		web.Get("/sitemaps/:file", h.sendSitemapFile, web.Stranger),
		web.Get("/.well-known/security.txt", h.sendSecurityTxt, web.Stranger),
		web.Get("/.well-known/change-password", h.redirectToPassword, web.Stranger),
		web.Get("/healthz", h.healthz, web.Machine),
		web.Get("/readyz", h.readyz, web.Machine),
	}
	if h.Site.Demo {
		all = append(all, web.Get("/demo/mails", h.showDemoMails, web.Anyone))
	}
	if h.Site.Development {
		all = append(all, web.Get("/dev/components", h.showComponents, web.Anyone))
	}
	return all
}
