// Package rankings handles the pages of tribes and of rankings.
package rankings

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
