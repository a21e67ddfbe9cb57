package notifications

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/notifications"
	"tribemarket/views/components"
	views "tribemarket/views/notifications"
	"tribemarket/views/paths"
)

// showNotificationSettings asks how the person wants to be notified.
func (h *Handlers) showNotificationSettings(c echo.Context) error {
	chosen, err := h.Notifications.Preferences(c.Request().Context(), web.ActorOf(c))
	if err != nil {
		return err
	}
	return h.renderNotificationSettings(c, http.StatusOK, views.PreferencesProps{Chosen: chosen})
}

func (h *Handlers) renderNotificationSettings(c echo.Context, status int, p views.PreferencesProps) error {
	p.Kind = string(web.ActorOf(c).Side())
	if person := web.VisitorOf(c).Session.Person; person.Email != nil && person.EmailConfirmedAt != nil {
		p.Email = *person.Email
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "notifications.preferences.title"), Body: views.Preferences(p)})
}

// setNotificationSettings saves how the person wants to be notified.
func (h *Handlers) setNotificationSettings(c echo.Context) error {
	ctx := c.Request().Context()
	form, err := c.FormParams()
	if err != nil {
		return echo.ErrBadRequest
	}
	chosen := map[notifications.Kind]notifications.Channel{}
	for _, k := range notifications.Kinds() {
		if form.Has(string(k)) {
			chosen[k] = notifications.Channel(form.Get(string(k)))
		}
	}
	err = h.Notifications.SetPreferences(ctx, web.ActorOf(c), chosen)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderNotificationSettings(c, http.StatusUnprocessableEntity, views.PreferencesProps{Chosen: chosen, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "notifications.said.kept")
	return web.SeeOther(c, paths.NotificationSettings())
}
