package moderation

import (
	"context"
	"net/url"
	"strconv"
	"strings"

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
		p.Table.Rows = append(p.Table.Rows, []AdminCell{{Text: i18n.DateTime(ctx, r.At), Note: "#" + strconv.FormatInt(r.ID, 10)}, {Text: r.Action}, who, subjectCell(ctx, r), {Text: detail}, {Text: r.Address}})
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

// subjectCell names what an event is about and links to it; what has no name stands as it
// is in the log.
func subjectCell(ctx context.Context, r moderation.AuditLine) AdminCell {
	of := r.About
	if of.Name == "" {
		return AdminCell{Text: r.Subject}
	}
	cell := AdminCell{Text: of.Name, Note: i18n.T(ctx, "moderation.admin.audit.kind."+of.Kind)}
	switch {
	case of.Kind == string(moderation.Person):
		cell.Href = paths.AdminPerson(of.ID)
	case of.Kind == "report":
		cell.Href = paths.AdminReport(of.PublicID)
	case of.Brand:
		cell.Href = paths.AdminBrand(of.PublicID)
	case of.PublicID != "":
		cell.Href = paths.AdminCreator(of.PublicID)
	case of.Kind == string(moderation.Deal):
		brand, _, _ := strings.Cut(of.Name, ", ")
		cell.Href = paths.WithQuery(paths.AdminDeals(), knownValues("q", brand))
	}
	return cell
}
