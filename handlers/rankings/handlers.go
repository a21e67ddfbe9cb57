// Package rankings answers the addresses of tribes and of rankings.
package rankings

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
