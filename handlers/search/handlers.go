// Package search answers the addresses that find creators, and the administration of
// their order.
package search

import "tribemarket/handlers/web"

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base
}
