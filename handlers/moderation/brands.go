package moderation

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// adminBrands lists brands.
func (h *Handlers) adminBrands(c echo.Context) error {
	ctx, f := c.Request().Context(), adminFilter(c)
	rows, next, err := h.Accounts.AdminBrands(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := adminList(ctx, "brands", paths.AdminBrands(), f, next)
	p.Table = moderationview.Table{Caption: p.Title, Columns: web.AdminColumns(ctx, "name", "site", "country", "members", "state")}
	for _, r := range rows {
		p.Table.Rows = append(p.Table.Rows, []moderationview.Cell{
			{Text: r.Name, Href: paths.AdminBrand(r.PublicID), Note: i18n.T(ctx, "moderation.admin.since", "on", i18n.Date(ctx, r.CreatedAt))},
			{Text: r.Site}, {Text: country(ctx, r.Country)}, {Text: i18n.Number(ctx, r.Members)}, suspendedCell(ctx, r.SuspendedAt),
		})
	}
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// adminBrand shows one.
func (h *Handlers) adminBrand(c echo.Context) error {
	return h.adminBrandPage(c, suspendForm{})
}

func (h *Handlers) adminBrandPage(c echo.Context, f suspendForm) error {
	ctx := c.Request().Context()
	d, err := h.Accounts.AdminBrand(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	p := moderationview.AdminDetailProps{
		Title: d.Name, Here: paths.AdminBrands(), HereName: i18n.T(ctx, "moderation.admin.nav.brands"), Problems: f.problems(),
		Links:      []components.Fact{{Label: i18n.T(ctx, "moderation.admin.public"), Href: paths.Brand(d.PublicID)}, auditLink(ctx, fmt.Sprintf("brand:%d", d.ID))},
		Suspension: suspension(ctx, paths.AdminBrand(d.PublicID), "brand", d.SuspendedAt, d.SuspendedReason, f),
	}
	p.Parts = []moderationview.DetailPart{{ID: "brand", Name: i18n.T(ctx, "moderation.admin.part.brand"), Facts: present([]components.Fact{
		fact(ctx, "site", d.Site), fact(ctx, "country", country(ctx, d.Country)), fact(ctx, "sells", d.Sells), fact(ctx, "legal_name", d.LegalName),
		fact(ctx, "created", i18n.Date(ctx, d.CreatedAt)),
	})}}
	t := moderationview.Table{Caption: i18n.T(ctx, "moderation.admin.column.members"), Columns: web.AdminColumns(ctx, "name", "role", "since")}
	for _, m := range d.Members {
		t.Rows = append(t.Rows, []moderationview.Cell{{Text: m.PersonName, Href: paths.AdminPerson(m.PersonID)}, {Text: i18n.T(ctx, "accounts.role."+string(m.Role))}, {Text: i18n.Date(ctx, m.CreatedAt)}})
	}
	p.Parts = append(p.Parts, moderationview.DetailPart{ID: "members", Name: t.Caption, Table: t})
	return h.RenderAdmin(c, f.status(), d.Name, moderationview.AdminDetail(p))
}

// suspendBrand suspends it, with a reason.
func (h *Handlers) suspendBrand(c echo.Context) error {
	id := c.Param("id")
	return h.suspendWith(c, paths.AdminBrand(id), func(reason string) error {
		return h.Moderation.Suspend(c.Request().Context(), web.ActorOf(c), moderation.Brand, id, reason)
	}, func(f suspendForm) error { return h.adminBrandPage(c, f) })
}

// restoreBrand undoes it.
func (h *Handlers) restoreBrand(c echo.Context) error {
	id := c.Param("id")
	return h.restored(c, paths.AdminBrand(id), h.Moderation.Restore(c.Request().Context(), web.ActorOf(c), moderation.Brand, id))
}
