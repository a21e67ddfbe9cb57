// Package notifications answers the addresses of what people are told and how.
package notifications

import "tribemarket/handlers/web"

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base
}
