package emails

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// ReconnectProps is the mail that says that an account cannot be read any more.
type ReconnectProps struct {
	Site       Site
	Name       string
	Connection creators.Connection
}

// Subject is the mail's subject.
func (p ReconnectProps) Subject(ctx context.Context) string {
	return i18n.T(ctx, "creators.connected.mail.subject", p.names()...)
}

// Text is the mail as plain text.
func (p ReconnectProps) Text(ctx context.Context) string { return p.props(ctx).Text(ctx) }

func (p ReconnectProps) names() []any {
	return []any{"platform", components.Platform(p.Connection.Platform), "handle", p.Connection.Handle}
}

func (p ReconnectProps) props(ctx context.Context) Props {
	x, otherwise, at := p.Connection, "creators.connected.mail.stale", p.Connection.StaleAt
	switch {
	case x.PurgedAt != nil:
		otherwise = "creators.connected.mail.purged"
	case x.PurgeAt != nil:
		otherwise, at = "creators.connected.mail.purge", *x.PurgeAt
	case x.Stale:
		otherwise = "creators.connected.mail.stale_already"
	}
	return Props{
		Site: p.Site, Name: p.Name,
		Headline:  i18n.T(ctx, "creators.connected.mail.headline", p.names()...),
		Lines:     []string{i18n.T(ctx, x.ReasonKey(), p.names()...)},
		Waits:     i18n.T(ctx, "creators.connected.mail.waits", p.names()...),
		Otherwise: i18n.T(ctx, otherwise, append(p.names(), "at", i18n.WeekdayDateTime(ctx, at))...),
		Button:    Button{i18n.T(ctx, "creators.connected.mail.button"), p.Site.Link(paths.ConnectedAccounts())},
	}
}
