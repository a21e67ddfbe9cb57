// Package contracts handles the pages of what contracts are made from.
package contracts

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
