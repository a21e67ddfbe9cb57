// Package search handles the pages that find creators, and the administration of their
// order.
package search

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
