// Package creators answers the addresses about creators: their page, profile and
// accounts on platforms, and the administration of tribes and programmes.
package creators

import (
	"context"

	"tribemarket/handlers/web"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/views/creator"
)

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base

	Creators *creators.Store
	Deals    *deals.Store

	// Picture draws the picture of a creator's page, as a PNG.
	Picture func(ctx context.Context, p creator.Picture) ([]byte, error)
}
