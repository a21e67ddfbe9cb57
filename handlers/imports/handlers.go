// Package imports answers the addresses at which administrators import files of creators.
package imports

import "tribemarket/handlers/web"

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base
}
