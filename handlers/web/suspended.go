package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	moderationview "tribemarket/views/moderation"
)

// suspendedPage explains a suspension: why, since when, and how to respond. It returns
// false if that cannot be found out.
func (b *Base) suspendedPage(c echo.Context) bool {
	ctx, v := c.Request().Context(), VisitorOf(c)
	props, ok := moderationview.PresentSuspended(ctx, v.Session, v.Name(), b.Site.Contact)
	if !ok {
		return false
	}
	err := b.Render(c, Page{Status: http.StatusForbidden, Title: i18n.T(ctx, "moderation.suspended.title"), Body: moderationview.SuspendedPage(props)})
	return err == nil
}
