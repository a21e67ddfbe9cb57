package moderation

import (
	"context"
	"net/url"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// auditFields are the fields by which the log can be searched.
var auditFields = []string{"person", "action", "subject", "from", "to"}

// PresentAudit presents a page of the audit log for a query; after is the cursor from
// which it starts.
func PresentAudit(ctx context.Context, q url.Values, rows []moderation.AuditLine, after, next string) AdminListProps {
	p := AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav.audit"), Lead: i18n.T(ctx, "moderation.admin.audit.lead"), Here: paths.AdminAudit(nil), Action: paths.AdminAudit(nil), Empty: i18n.T(ctx, "moderation.admin.empty"),
		Table: AdminTable{Caption: i18n.T(ctx, "moderation.admin.nav.audit"), Columns: AdminColumns(ctx, "at", "action", "who", "subject", "detail", "address")},
	}
	for _, k := range auditFields {
		f := components.Field{Name: k, Label: i18n.T(ctx, "moderation.admin.audit."+k), Value: q.Get(k)}
		if k == "from" || k == "to" {
			f.Type = "date"
		}
		p.Fields = append(p.Fields, f)
	}
	for _, r := range rows {
		who := AdminCell{Text: r.Person}
		if r.PersonID != nil {
			who.Href = paths.AdminPerson(*r.PersonID)
		}
		detail := r.Detail
		if detail == "{}" {
			detail = ""
		}
		p.Table.Rows = append(p.Table.Rows, []AdminCell{{Text: i18n.DateTime(ctx, r.At), Note: "#" + strconv.FormatInt(r.ID, 10)}, {Text: r.Action}, who, {Text: r.Subject}, {Text: detail}, {Text: r.Address}})
	}
	if after != "" {
		p.Pager.First = paths.AdminAudit(q)
	}
	if next != "" {
		q.Set("after", next)
		p.Pager.Next = paths.AdminAudit(q)
	}
	return p
}
