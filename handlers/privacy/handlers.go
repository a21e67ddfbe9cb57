// Package privacy handles the pages about the data stored about a person.
package privacy

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
