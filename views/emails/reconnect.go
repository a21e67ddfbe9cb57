package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// LostConnection says that an account can no longer be read.
func LostConnection(ctx context.Context, site Site, l creators.LostConnection) Mail {
	x, otherwise, at := l.Connection, "creators.connected.mail.stale", l.Connection.StaleAt
	names := []any{"platform", components.PlatformName(x.Platform), "handle", x.Handle}
	switch {
	case x.PurgedAt != nil:
		otherwise = "creators.connected.mail.purged"
	case x.PurgeAt != nil:
		otherwise, at = "creators.connected.mail.purge", *x.PurgeAt
	case x.Stale:
		otherwise = "creators.connected.mail.stale_already"
	}
	return Mail{subject(ctx, "creators.connected.mail.subject", names...), Props{
		Site: site, Name: l.To.Name,
		Headline:  i18n.T(ctx, "creators.connected.mail.headline", names...),
		Lines:     []string{i18n.T(ctx, x.ReasonKey(), names...)},
		Waits:     i18n.T(ctx, "creators.connected.mail.waits", names...),
		Otherwise: i18n.T(ctx, otherwise, append(names, "at", momentText(ctx, at))...),
		Button:    Button{i18n.T(ctx, "creators.connected.mail.button"), site.Link(paths.ConnectedAccounts())},
	}}
}
