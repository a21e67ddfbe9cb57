package notifications

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/views/layouts"
	views "tribemarket/views/notifications"
	"tribemarket/views/paths"
)

// showStopMails is the page that the link in a mail leads to. It stops nothing: programs
// open links before people do.
func (h *Handlers) showStopMails(c echo.Context) error {
	ctx := c.Request().Context()
	s, err := h.Notifications.Subscription(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "notifications.stop.page"), Body: views.StopMails(s, c.Param("token")), Head: layouts.Head{NoIndex: true}})
}

type stopForm struct {
	Page string `form:"page"` // a person pressed the button of the page
}

// stopMails stops the mails that contain the link. A mail program posts without a session
// and is answered without a redirect (RFC 8058); a person who presses the page's button
// sees the page again.
func (h *Handlers) stopMails(c echo.Context) error {
	var f stopForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if err := h.Notifications.Unsubscribe(c.Request().Context(), c.Param("token")); err != nil {
		if models.CodeOf(err) == models.CodeNotFound {
			return c.NoContent(http.StatusNotFound)
		}
		return err
	}
	if f.Page != "" {
		return web.SeeOther(c, paths.StopMails(c.Param("token")))
	}
	return c.String(http.StatusOK, "OK")
}
