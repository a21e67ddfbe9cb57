// Package stores bundles the stores of all areas for internal/app, the jobs and the
// handlers, which embed it. A new area is one line here, and one in internal/app.
package stores

import (
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/files"
	"tribemarket/models/imports"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
	"tribemarket/models/privacy"
	"tribemarket/models/rankings"
	"tribemarket/models/search"
	"tribemarket/models/setup"
	"tribemarket/models/workflow/run"
)

// Stores are the stores of all areas, made by internal/app.
type Stores struct {
	Accounts      *accounts.Store
	Contracts     *contracts.Store
	Creators      *creators.Store
	Deals         *deals.Store
	Discovery     *discovery.Store
	Files         *files.Store
	Imports       *imports.Store
	Moderation    *moderation.Store
	Negotiations  *negotiation.Store
	Notifications *notifications.Store
	Privacy       *privacy.Store
	Rankings      *rankings.Store
	Search        *search.Engine
	Setup         *setup.Store
	Workflow      *run.Engine // executes the tables of all areas
}
