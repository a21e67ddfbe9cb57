// Package site handles the pages of the site itself: the home page, the dashboard, texts,
// language and appearance, and what programs request.
package site

import (
	"context"

	"tribemarket/handlers/web"
)

// Handlers handles the requests of the area.
type Handlers struct {
	*web.Base

	// Ready says whether the instance can serve requests: database reachable, schema current,
	// disk writable, search index built.
	Ready func(ctx context.Context) error
	// Mails lists the newest mails of a demo.
	Mails func(most int) ([]DemoMail, error)

	blanks blankProposals
}
