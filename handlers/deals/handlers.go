// Package deals answers the addresses of proposals, deals and their deliverables.
package deals

import "tribemarket/handlers/web"

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base
}
