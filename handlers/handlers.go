package handlers

import (
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
)

// Handlers are those of every area. internal/app fills them.
type Handlers struct {
	*web.Base

	Accounts      accounts.Handlers
	Contracts     contracts.Handlers
	Creators      creators.Handlers
	Deals         deals.Handlers
	Discovery     discovery.Handlers
	Files         files.Handlers
	Imports       imports.Handlers
	Moderation    moderation.Handlers
	Negotiations  negotiation.Handlers
	Notifications notifications.Handlers
	Privacy       privacy.Handlers
	Rankings      rankings.Handlers
	Search        search.Handlers
	Setup         setup.Handlers
	Site          site.Handlers
}
