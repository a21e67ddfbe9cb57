package site

import (
	"tribemarket/handlers/web"
	"tribemarket/views/site"
)

// Routes are the addresses of the area, each with who may use it at all.
func (h *Handlers) Routes() []web.Route {
	all := []web.Route{
		web.Get("/", h.home, web.Anyone),
		web.Get("/about/figures", h.showFigures, web.Anyone),
		web.Get("/about/rules", h.showRules, web.Anyone),
		web.Get("/about/accessibility", h.textPage("site.accessibility.title", site.Accessibility), web.Anyone),
		web.Get("/dashboard", h.dashboard, web.SignedIn),
		web.Post("/language", h.setLanguage, web.Anyone),
		web.Post("/appearance", h.setAppearance, web.Anyone),

		// What programs ask for
		web.Get("/robots.txt", h.robots, web.Stranger),
		web.Get("/sitemap.xml", h.sitemap, web.Stranger),
		web.Get("/sitemaps/:file", h.sitemapFile, web.Stranger),
		web.Get("/healthz", h.healthz, web.Machine),
		web.Get("/readyz", h.readyz, web.Machine),
	}
	if h.Site.Demo {
		all = append(all, web.Get("/demo/mails", h.demoMails, web.Anyone))
	}
	if h.Site.Development {
		all = append(all, web.Get("/dev/components", h.components, web.Anyone))
	}
	return all
}
