package moderation

import (
	"context"
	"fmt"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// adminCreators lists creators, listed or not.
func (h *Handlers) adminCreators(c echo.Context) error {
	ctx, f := c.Request().Context(), adminFilter(c)
	rows, next, err := h.Creators.AdminList(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := adminList(ctx, "creators", paths.AdminCreators(), f, next)
	p.Table = moderationview.Table{Caption: p.Title, Columns: web.AdminColumns(ctx, "name", "account", "followers", "claimed", "listed", "state")}
	for _, r := range rows {
		account := moderationview.Cell{}
		if r.Handle != "" {
			account = moderationview.Cell{Text: "@" + r.Handle, Note: i18n.T(ctx, "deals.platform."+r.Platform)}
		}
		p.Table.Rows = append(p.Table.Rows, []moderationview.Cell{
			{Text: r.Name, Href: paths.AdminCreator(r.PublicID), Note: country(ctx, r.Country)}, account,
			{Text: i18n.Number(ctx, r.Followers)}, {Text: yes(ctx, r.Claimed())}, {Text: yes(ctx, r.Listed)}, suspendedCell(ctx, r.SuspendedAt),
		})
	}
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

func yes(ctx context.Context, is bool) string {
	if is {
		return i18n.T(ctx, "moderation.admin.yes")
	}
	return i18n.T(ctx, "moderation.admin.no")
}

func country(ctx context.Context, code string) string {
	if code == "" {
		return ""
	}
	return i18n.Country(ctx, code)
}

// adminCreator shows one.
func (h *Handlers) adminCreator(c echo.Context) error {
	return h.adminCreatorPage(c, suspendForm{})
}

func (h *Handlers) adminCreatorPage(c echo.Context, f suspendForm) error {
	ctx := c.Request().Context()
	d, err := h.Creators.AdminGet(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	p := moderationview.AdminDetailProps{
		Title: d.Name, Here: paths.AdminCreators(), HereName: i18n.T(ctx, "moderation.admin.nav.creators"), Problems: f.problems(),
		Links:      []components.Fact{auditLink(ctx, fmt.Sprintf("creator:%d", d.ID))},
		Suspension: suspension(ctx, paths.AdminCreator(d.PublicID), "creator", d.SuspendedAt, d.SuspendedReason, f),
	}
	if d.Listed {
		p.Links = append([]components.Fact{{Label: i18n.T(ctx, "moderation.admin.public"), Href: paths.Creator(d.PublicID)}}, p.Links...)
	}
	facts := []components.Fact{
		fact(ctx, "country", country(ctx, d.Country)), fact(ctx, "listed", yes(ctx, d.Listed)), fact(ctx, "claimed", yes(ctx, d.Claimed())),
		fact(ctx, "created", i18n.Date(ctx, d.CreatedAt)),
	}
	if d.PersonID != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "moderation.admin.column.person"), Value: i18n.T(ctx, "moderation.admin.person.open"), Href: paths.AdminPerson(*d.PersonID)})
	}
	p.Parts = []moderationview.DetailPart{{ID: "creator", Name: i18n.T(ctx, "moderation.admin.part.creator"), Facts: present(facts)}}
	if t := accountTable(ctx, d.Accounts); len(t.Rows) > 0 {
		p.Parts = append(p.Parts, moderationview.DetailPart{ID: "accounts", Name: t.Caption, Table: t})
	}
	return h.RenderAdmin(c, f.status(), d.Name, moderationview.AdminDetail(p))
}

func accountTable(ctx context.Context, all []creators.Account) moderationview.Table {
	t := moderationview.Table{Caption: i18n.T(ctx, "moderation.admin.part.accounts"), Columns: web.AdminColumns(ctx, "account", "followers", "source", "as_of", "listed")}
	for _, a := range all {
		t.Rows = append(t.Rows, []moderationview.Cell{
			{Text: "@" + a.Handle, Note: i18n.T(ctx, "deals.platform."+a.Platform)}, {Text: i18n.Number(ctx, a.Followers)},
			{Text: i18n.T(ctx, "moderation.admin.source."+string(a.Source))}, {Text: i18n.Date(ctx, a.AsOf)}, {Text: yes(ctx, a.Listed)},
		})
	}
	return t
}

// suspendCreator suspends the profile, with a reason.
func (h *Handlers) suspendCreator(c echo.Context) error {
	id := c.Param("id")
	return h.suspendWith(c, paths.AdminCreator(id), func(reason string) error {
		return h.Moderation.Suspend(c.Request().Context(), web.ActorOf(c), moderation.Creator, id, reason)
	}, func(f suspendForm) error { return h.adminCreatorPage(c, f) })
}

// restoreCreator undoes it.
func (h *Handlers) restoreCreator(c echo.Context) error {
	id := c.Param("id")
	return h.restored(c, paths.AdminCreator(id), h.Moderation.Restore(c.Request().Context(), web.ActorOf(c), moderation.Creator, id))
}
