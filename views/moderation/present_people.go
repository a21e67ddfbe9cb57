package moderation

import (
	"context"
	"fmt"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// PresentPeople is a page of the list of people.
func PresentPeople(ctx context.Context, f accounts.AdminFilter, rows []accounts.PersonLine, next string) AdminListProps {
	p := adminList(ctx, "people", paths.AdminPeople(), f, next, Column{"name", Rising}, Column{"email", Rising}, Column{"kind", NotSorted}, Column{"seen", Falling}, Column{"state", Falling})
	for _, r := range rows {
		p.Table.Rows = append(p.Table.Rows, []AdminCell{
			{Text: r.Name, Href: paths.AdminPerson(r.ID), Note: i18n.T(ctx, "moderation.admin.since", "on", i18n.Date(ctx, r.CreatedAt))},
			{Text: textOrNone(r.Email)}, {Text: personKind(ctx, r)}, {Text: dateOrNone(ctx, r.LastSeenAt)}, suspendedCell(ctx, r.SuspendedAt),
		})
	}
	return p
}

// personKind says in a few words what role a person has.
func personKind(ctx context.Context, r accounts.PersonLine) string {
	var all []string
	if r.Admin {
		all = append(all, i18n.T(ctx, "moderation.admin.kind.admin"))
	}
	if r.Brands > 0 {
		all = append(all, i18n.T(ctx, "moderation.admin.kind.brands", "n", r.Brands))
	}
	if r.CreatorPublicID != "" {
		all = append(all, i18n.T(ctx, "moderation.admin.kind.creator"))
	}
	return strings.Join(all, ", ")
}

// PresentPerson is the page of a person.
func PresentPerson(ctx context.Context, d accounts.PersonDetail, f SuspensionAnswer) AdminDetailProps {
	at := paths.AdminPerson(d.ID)
	p := AdminDetailProps{
		Title: d.Name, Here: paths.AdminPeople(), HereName: i18n.T(ctx, "moderation.admin.nav.people"), Problems: f.problems(ctx),
		Links:      []components.Fact{auditLink(ctx, fmt.Sprintf("person:%d", d.ID))},
		Suspension: presentSuspension(ctx, at, "person", d.SuspendedAt, d.SuspendedReason, f),
	}
	facts := []components.Fact{
		columnFact(ctx, "email", emailLine(ctx, d.Person)), columnFact(ctx, "language", d.Locale+", "+d.Zone), columnFact(ctx, "created", i18n.Date(ctx, d.CreatedAt)),
		columnFact(ctx, "seen", dateOrNone(ctx, d.LastSeenAt)), columnFact(ctx, "ways", signInLine(ctx, d)),
	}
	if d.Admin {
		facts = append(facts, columnFact(ctx, "kind", i18n.T(ctx, "moderation.admin.kind.admin")))
	}
	if d.CreatorPublicID != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "moderation.admin.column.profile"), Value: d.CreatorName, Href: paths.AdminCreator(d.CreatorPublicID)})
	}
	p.Parts = []DetailPart{{ID: "person", Name: i18n.T(ctx, "moderation.admin.part.person"), Facts: knownFacts(facts)}}
	if len(d.Brands) > 0 {
		t := AdminTable{Caption: i18n.T(ctx, "moderation.admin.nav.brands"), Columns: AdminColumns(ctx, "name", "role", "since")}
		for _, m := range d.Brands {
			t.Rows = append(t.Rows, []AdminCell{{Text: m.BrandName, Href: paths.AdminBrand(m.BrandPublicID)}, {Text: accountsview.RoleName(ctx, m.Role)}, {Text: i18n.Date(ctx, m.CreatedAt)}})
		}
		p.Parts = append(p.Parts, DetailPart{ID: "brands", Name: t.Caption, Table: t})
	}
	return p
}

// emailLine is an e-mail address, and whether it is confirmed.
func emailLine(ctx context.Context, p accounts.Person) string {
	if p.Email == nil {
		return ""
	}
	if p.EmailConfirmedAt == nil {
		return i18n.T(ctx, "moderation.admin.unconfirmed", "email", *p.Email)
	}
	return *p.Email
}

// signInLine names a person's sign-in methods.
func signInLine(ctx context.Context, d accounts.PersonDetail) string {
	var all []string
	if d.PasswordHash != nil {
		all = append(all, i18n.T(ctx, "moderation.admin.way.password"))
	}
	for _, w := range d.SignInMethods {
		if i18n.HasText("deals.platform." + w) {
			w = i18n.T(ctx, "deals.platform."+w)
		}
		all = append(all, w)
	}
	return strings.Join(all, ", ")
}
