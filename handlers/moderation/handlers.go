// Package moderation handles the pages of reports and blocks, and of the administration.
package moderation

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
