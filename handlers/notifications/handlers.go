// Package notifications handles the pages of people's notifications and of how they are
// notified.
package notifications

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
