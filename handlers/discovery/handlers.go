// Package discovery answers the addresses of what brands keep of their searches: saved
// searches, shortlists, comparisons and files.
package discovery

import "tribemarket/handlers/web"

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base
}
