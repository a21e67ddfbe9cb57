// Package creators answers the addresses about creators: their page, profile and
// accounts on platforms, and the administration of tribes and programmes.
package creators

import (
	"context"

	"tribemarket/handlers/web"
	creatorsview "tribemarket/views/creators"
)

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base

	// Picture draws the picture of a creator's page, as a PNG.
	Picture func(ctx context.Context, p creatorsview.Picture) ([]byte, error)
}
