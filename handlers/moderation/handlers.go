// Package moderation answers the addresses of reports and blocks, and of the
// administration.
package moderation

import (
	"tribemarket/handlers/web"
	"tribemarket/models/creators"
	"tribemarket/models/moderation"
)

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base

	Creators   *creators.Store
	Moderation *moderation.Store
}
