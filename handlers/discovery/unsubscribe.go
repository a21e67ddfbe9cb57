package discovery

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	discoveryview "tribemarket/views/discovery"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// showUnsubscribe asks whether the mails of an alert should stop. It stops
// nothing: programs open links before people do.
func (h *Handlers) showUnsubscribe(c echo.Context) error {
	ctx := c.Request().Context()
	s, err := h.Discovery.SubscriptionBySecret(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	return h.Render(c, web.Page{
		Title: i18n.T(ctx, "discovery.searches.stop.title"), Body: discoveryview.Unsubscribe(s, c.Param("token")), Head: layouts.Head{NoIndex: true},
	})
}

// unsubscribeFromAlert stops the mails that the link came with. A mail program posts
// without a session and is answered without a redirect (RFC 8058); a person who presses
// the page's button sees the page again.
func (h *Handlers) unsubscribeFromAlert(c echo.Context) error {
	var f searchForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if err := h.Discovery.Unsubscribe(c.Request().Context(), c.Param("token")); err != nil {
		if models.CodeOf(err) == models.CodeNotFound {
			return c.NoContent(http.StatusNotFound)
		}
		return err
	}
	if f.Page != "" {
		return web.SeeOther(c, paths.Unsubscribe(c.Param("token")))
	}
	return c.String(http.StatusOK, "OK")
}
