// Package site answers the addresses of the site itself: the first page, the
// dashboard, texts, language and appearance, and what programs ask for.
package site

import (
	"context"

	"tribemarket/handlers/web"
)

// Handlers answer the addresses of the area.
type Handlers struct {
	*web.Base

	// Ready says whether the instance can answer: database there, schema current,
	// disk writable, search index made.
	Ready func(ctx context.Context) error
	// Mails lists the newest mails of a demo.
	Mails func(most int) ([]DemoMail, error)
}
