package moderation

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// adminPeople lists people.
func (h *Handlers) adminPeople(c echo.Context) error {
	ctx, f := c.Request().Context(), adminFilter(c)
	rows, next, err := h.Accounts.AdminPeople(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := adminList(ctx, "people", paths.AdminPeople(), f, next)
	p.Table = moderationview.Table{Caption: p.Title, Columns: web.AdminColumns(ctx, "name", "email", "kind", "seen", "state")}
	for _, r := range rows {
		p.Table.Rows = append(p.Table.Rows, []moderationview.Cell{
			{Text: r.Name, Href: paths.AdminPerson(r.ID), Note: i18n.T(ctx, "moderation.admin.since", "on", i18n.Date(ctx, r.CreatedAt))},
			{Text: text(r.Email)}, {Text: personKind(ctx, r)}, {Text: onDay(ctx, r.LastSeenAt)}, suspendedCell(ctx, r.SuspendedAt),
		})
	}
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

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

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func onDay(ctx context.Context, t *time.Time) string {
	if t == nil {
		return ""
	}
	return i18n.Date(ctx, *t)
}

// adminPerson shows one.
func (h *Handlers) adminPerson(c echo.Context) error {
	return h.adminPersonPage(c, suspendForm{})
}

func (h *Handlers) adminPersonPage(c echo.Context, f suspendForm) error {
	ctx := c.Request().Context()
	id, err := personID(c)
	if err != nil {
		return err
	}
	d, err := h.Accounts.AdminPerson(ctx, web.ActorOf(c), id)
	if err != nil {
		return err
	}
	at := paths.AdminPerson(id)
	p := moderationview.AdminDetailProps{
		Title: d.Name, Here: paths.AdminPeople(), HereName: i18n.T(ctx, "moderation.admin.nav.people"), Problems: f.problems(),
		Links:      []components.Fact{auditLink(ctx, fmt.Sprintf("person:%d", id))},
		Suspension: suspension(ctx, at, "person", d.SuspendedAt, d.SuspendedReason, f),
	}
	facts := []components.Fact{
		fact(ctx, "email", emailLine(ctx, d.Person)), fact(ctx, "language", d.Locale+", "+d.Zone), fact(ctx, "created", i18n.Date(ctx, d.CreatedAt)),
		fact(ctx, "seen", onDay(ctx, d.LastSeenAt)), fact(ctx, "ways", waysLine(ctx, d)),
	}
	if d.Admin {
		facts = append(facts, fact(ctx, "kind", i18n.T(ctx, "moderation.admin.kind.admin")))
	}
	if d.CreatorPublicID != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "moderation.admin.column.profile"), Value: d.CreatorName, Href: paths.AdminCreator(d.CreatorPublicID)})
	}
	p.Parts = []moderationview.DetailPart{{ID: "person", Name: i18n.T(ctx, "moderation.admin.part.person"), Facts: present(facts)}}
	if len(d.Brands) > 0 {
		t := moderationview.Table{Caption: i18n.T(ctx, "moderation.admin.nav.brands"), Columns: web.AdminColumns(ctx, "name", "role", "since")}
		for _, m := range d.Brands {
			t.Rows = append(t.Rows, []moderationview.Cell{{Text: m.BrandName, Href: paths.AdminBrand(m.BrandPublicID)}, {Text: i18n.T(ctx, "accounts.role."+string(m.Role))}, {Text: i18n.Date(ctx, m.CreatedAt)}})
		}
		p.Parts = append(p.Parts, moderationview.DetailPart{ID: "brands", Name: t.Caption, Table: t})
	}
	return h.RenderAdmin(c, f.status(), d.Name, moderationview.AdminDetail(p))
}

// present leaves out facts that are not known.
func present(facts []components.Fact) []components.Fact {
	var all []components.Fact
	for _, f := range facts {
		if f.Value != "" {
			all = append(all, f)
		}
	}
	return all
}

func emailLine(ctx context.Context, p accounts.Person) string {
	if p.Email == nil {
		return ""
	}
	if p.EmailConfirmedAt == nil {
		return i18n.T(ctx, "moderation.admin.unconfirmed", "email", *p.Email)
	}
	return *p.Email
}

func waysLine(ctx context.Context, d accounts.PersonDetail) string {
	var all []string
	if d.PasswordHash != nil {
		all = append(all, i18n.T(ctx, "moderation.admin.way.password"))
	}
	for _, w := range d.Ways {
		if i18n.Has("deals.platform." + w) {
			w = i18n.T(ctx, "deals.platform."+w)
		}
		all = append(all, w)
	}
	return strings.Join(all, ", ")
}

// suspendPerson suspends her, with a reason.
func (h *Handlers) suspendPerson(c echo.Context) error {
	id, err := personID(c)
	if err != nil {
		return err
	}
	return h.suspendWith(c, paths.AdminPerson(id), func(reason string) error {
		return h.Moderation.SuspendPerson(c.Request().Context(), web.ActorOf(c), id, reason)
	}, func(f suspendForm) error { return h.adminPersonPage(c, f) })
}

// restorePerson undoes it.
func (h *Handlers) restorePerson(c echo.Context) error {
	id, err := personID(c)
	if err != nil {
		return err
	}
	return h.restored(c, paths.AdminPerson(id), h.Moderation.RestorePerson(c.Request().Context(), web.ActorOf(c), id))
}
