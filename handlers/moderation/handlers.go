// Package moderation answers the addresses of reports and blocks, and of the
// administration.
package moderation

import "tribemarket/handlers/web"

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base
}
