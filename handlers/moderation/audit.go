package moderation

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// adminAudit lists the audit log.
func (h *Handlers) adminAudit(c echo.Context) error {
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
	p := moderationview.AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav.audit"), Lead: i18n.T(ctx, "moderation.admin.audit.lead"), Here: paths.AdminAudit(nil), Action: paths.AdminAudit(nil), Empty: i18n.T(ctx, "moderation.admin.empty"),
		Table: moderationview.Table{Caption: i18n.T(ctx, "moderation.admin.nav.audit"), Columns: web.AdminColumns(ctx, "at", "action", "who", "subject", "detail", "address")},
	}
	for _, k := range []string{"person", "action", "subject", "from", "to"} {
		f := components.Field{Name: k, Label: i18n.T(ctx, "moderation.admin.audit."+k), Value: q.Get(k)}
		if k == "from" || k == "to" {
			f.Type = "date"
		}
		p.Fields = append(p.Fields, f)
	}
	for _, r := range rows {
		who := moderationview.Cell{Text: r.Person}
		if r.PersonID != nil {
			who.Href = paths.AdminPerson(*r.PersonID)
		}
		detail := r.Detail
		if detail == "{}" {
			detail = ""
		}
		p.Table.Rows = append(p.Table.Rows, []moderationview.Cell{{Text: i18n.DateTime(ctx, r.At), Note: "#" + strconv.FormatInt(r.ID, 10)}, {Text: r.Action}, who, {Text: r.Subject}, {Text: detail}, {Text: r.Address}})
	}
	if c.QueryParam("after") != "" {
		p.Pager.First = paths.AdminAudit(q)
	}
	if next != "" {
		q.Set("after", next)
		p.Pager.Next = paths.AdminAudit(q)
	}
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// auditFilter reads days in the reader's zone; the last one is included.
func auditFilter(ctx context.Context, q url.Values, after string) moderation.AuditFilter {
	f := moderation.AuditFilter{Action: q.Get("action"), Subject: q.Get("subject"), After: after}
	f.PersonID, _ = strconv.ParseInt(q.Get("person"), 10, 64)
	if t, err := time.ParseInLocation(time.DateOnly, q.Get("from"), i18n.Zone(ctx)); err == nil {
		f.From = t
	}
	if t, err := time.ParseInLocation(time.DateOnly, q.Get("to"), i18n.Zone(ctx)); err == nil {
		f.To = t.AddDate(0, 0, 1)
	}
	return f
}
