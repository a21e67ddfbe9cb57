// Package negotiation handles the pages of offers and counter-offers.
package negotiation

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
