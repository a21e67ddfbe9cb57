// Package creators handles the pages of creators: their media kit, profile and accounts
// on platforms, and the administration of tribes and programmes.
package creators

import (
	"context"

	"tribemarket/handlers/web"
	creatorsview "tribemarket/views/creators"
)

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base

	// Picture draws the picture of a creator's page, as a PNG.
	Picture func(ctx context.Context, p creatorsview.Picture) ([]byte, error)
}
