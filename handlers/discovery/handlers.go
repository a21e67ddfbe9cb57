// Package discovery answers the addresses of what brands keep of their searches: saved
// searches, shortlists, comparisons and files.
package discovery

import (
	"tribemarket/handlers/web"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/models/moderation"
)

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base

	Creators   *creators.Store
	Discovery  *discovery.Store
	Moderation *moderation.Store
}
