package notifications

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	views "tribemarket/views/notifications"
)

// listNotifications shows the person's notifications, latest first.
func (h *Handlers) listNotifications(c echo.Context) error {
	ctx := c.Request().Context()
	p := views.ListProps{Unread: c.QueryParam("unread") != ""}
	if at, err := models.ParseCursor(c.QueryParam("after")); err == nil {
		p.After = &at
	}
	var err error
	if p.All, p.Next, err = h.Notifications.List(ctx, web.ActorOf(c), p.Unread, p.After); err != nil {
		return err
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "notifications.title"), Body: views.List(p)})
}

type readForm struct {
	ID   string `form:"id"`
	UpTo string `form:"upto"`
}

// readNotifications marks one notification as read, or all up to one.
func (h *Handlers) readNotifications(c echo.Context) error {
	var f readForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	err := h.Notifications.MarkAllRead(ctx, actor, f.UpTo)
	if f.ID != "" {
		err = h.Notifications.MarkRead(ctx, actor, f.ID)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, h.ReturnPath(c.Request()))
}
