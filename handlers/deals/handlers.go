// Package deals handles the pages of deals and their deliverables.
package deals

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
