package moderation

import (
	"context"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
)

// showAuditLog lists the audit log.
func (h *Handlers) showAuditLog(c echo.Context) error {
	ctx := c.Request().Context()
	q := url.Values{}
	for _, k := range []string{"person", "action", "subject", "from", "to"} {
		if v := web.CleanText(c.QueryParam(k)); v != "" {
			q.Set(k, v)
		}
	}
	rows, next, err := h.Moderation.AuditLog(ctx, web.ActorOf(c), auditFilter(ctx, q, c.QueryParam("after")))
	if err != nil {
		return err
	}
	p := moderationview.PresentAudit(ctx, q, rows, c.QueryParam("after"), next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// auditFilter reads days in the reader's time zone; the last one is included.
func auditFilter(ctx context.Context, q url.Values, after string) moderation.AuditFilter {
	f := moderation.AuditFilter{Person: q.Get("person"), Action: q.Get("action"), Subject: q.Get("subject"), After: after}
	if t, err := time.ParseInLocation(time.DateOnly, q.Get("from"), i18n.TimeZoneOf(ctx)); err == nil {
		f.From = t
	}
	if t, err := time.ParseInLocation(time.DateOnly, q.Get("to"), i18n.TimeZoneOf(ctx)); err == nil {
		f.To = t.AddDate(0, 0, 1)
	}
	return f
}
