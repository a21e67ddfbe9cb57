package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	moderationview "tribemarket/views/moderation"
)

// suspendedPage says why somebody may do nothing here, since when, and how to
// answer. It gives false where that cannot be told.
func (b *Base) suspendedPage(c echo.Context) bool {
	ctx, v := c.Request().Context(), VisitorOf(c)
	p, brand := v.Session.Person, v.Session.Brand
	what, since, reason := "moderation.suspended.person", p.SuspendedAt, p.SuspendedReason
	if since == nil && brand != nil {
		what, since, reason = "moderation.suspended.brand", brand.SuspendedAt, brand.SuspendedReason
	} else if own := v.Session.Profile; since == nil && own != nil {
		what, since, reason = "moderation.suspended.creator", own.SuspendedAt, own.SuspendedReason
	}
	if since == nil {
		return false
	}
	props := moderationview.SuspendedProps{
		What: i18n.T(ctx, what, "name", v.Name()), Since: i18n.T(ctx, "moderation.suspended.since", "on", i18n.Date(ctx, *since)), Reason: reason, Contact: b.Site.Contact,
	}
	err := b.Render(c, Page{Status: http.StatusForbidden, Title: i18n.T(ctx, "moderation.suspended.title"), Body: moderationview.SuspendedPage(props)})
	return err == nil
}
