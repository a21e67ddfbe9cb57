package app

import (
	"tribemarket/handlers"
	"tribemarket/handlers/accounts"
	"tribemarket/handlers/contracts"
	"tribemarket/handlers/creators"
	"tribemarket/handlers/deals"
	"tribemarket/handlers/discovery"
	"tribemarket/handlers/files"
	"tribemarket/handlers/imports"
	"tribemarket/handlers/moderation"
	"tribemarket/handlers/negotiation"
	"tribemarket/handlers/notifications"
	"tribemarket/handlers/privacy"
	"tribemarket/handlers/rankings"
	"tribemarket/handlers/search"
	"tribemarket/handlers/setup"
	"tribemarket/handlers/site"
	"tribemarket/handlers/web"
	"tribemarket/internal/mail"
	"tribemarket/models/db"
)

// Handlers handles the site's requests. This file refers to no area of models, so that
// the handlers of an area have its plain name.
func (a *App) Handlers() *handlers.Handlers {
	b := a.webBase()
	h := &handlers.Handlers{
		Base:          b,
		Accounts:      accounts.Handlers{Base: b},
		Contracts:     contracts.Handlers{Base: b},
		Creators:      creators.Handlers{Base: b, Picture: a.drawPicture},
		Deals:         deals.Handlers{Base: b},
		Discovery:     discovery.Handlers{Base: b},
		Files:         files.Handlers{Base: b},
		Imports:       imports.Handlers{Base: b},
		Moderation:    moderation.Handlers{Base: b},
		Negotiations:  negotiation.Handlers{Base: b},
		Notifications: notifications.Handlers{Base: b},
		Privacy:       privacy.Handlers{Base: b},
		Rankings:      rankings.Handlers{Base: b},
		Search:        search.Handlers{Base: b},
		Setup:         setup.Handlers{Base: b, SendTestMail: a.sendTestMail},
		Site:          site.Handlers{Base: b, Ready: a.checkReady},
	}
	h.Accounts.RenderConnectedAccounts = h.Creators.RenderConnectedAccounts
	h.Setup.StartSession = h.Accounts.StartSession
	if a.Config.Demo {
		h.Site.Mails = a.listDemoMails
	}
	return h
}

// webBase is what the handlers of all areas share.
func (a *App) webBase() *web.Base {
	cfg := a.Config
	return &web.Base{
		Stores:    a.Stores,
		Sessions:  a.newSessionManager(),
		Providers: a.PlatformProviders(),
		OIDC:      a.newOpenIDProvider(),
		Database:  web.Database{IsUnavailable: db.IsUnavailable, CheckAnswers: a.checkDatabase},
		Exports:   web.NewExportQueue(),
		Clock:     a.Clock,
		Site:      web.Site{BaseURL: cfg.BaseURL, Secure: cfg.IsHTTPS(), Development: cfg.Development, Demo: cfg.Demo, Contact: cfg.ContactEmail},
		Log:       a.Log,
		Unlimited: a.DB.Unlimited,
	}
}

// listDemoMails returns the newest mails that a demo would have sent.
func (a *App) listDemoMails(most int) ([]site.DemoMail, error) {
	kept, err := mail.FolderSender{Dir: a.Config.MailDir}.ListMails(most)
	out := make([]site.DemoMail, len(kept))
	for i, k := range kept {
		out[i] = site.DemoMail{Name: k.Name, To: k.To, Subject: k.Subject, Text: k.Text, At: k.At}
	}
	return out, err
}
