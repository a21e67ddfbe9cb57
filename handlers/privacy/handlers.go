// Package privacy answers the addresses about what is held on a person.
package privacy

import "tribemarket/handlers/web"

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base
}
