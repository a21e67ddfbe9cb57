// Package rankings answers the addresses of tribes and of rankings.
package rankings

import "tribemarket/handlers/web"

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base
}
