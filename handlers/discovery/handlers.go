// Package discovery handles the pages of what brands keep from their searches: saved
// searches, shortlists, comparisons and exports.
package discovery

import "tribemarket/handlers/web"

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base
}
