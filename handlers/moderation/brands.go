package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// listBrands lists brands.
func (h *Handlers) listBrands(c echo.Context) error {
	ctx, f := c.Request().Context(), readListFilter(c)
	rows, next, err := h.Accounts.ListBrandsForAdmin(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	logos, err := h.Files.LogosOf(ctx, ids...)
	if err != nil {
		return err
	}
	p := moderationview.PresentBrands(ctx, f, rows, logos, next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// showBrand shows a brand.
func (h *Handlers) showBrand(c echo.Context) error {
	return h.renderBrand(c, suspensionForm{}, moderationview.PoliticalAnswer{})
}

func (h *Handlers) renderBrand(c echo.Context, f suspensionForm, political moderationview.PoliticalAnswer) error {
	ctx := c.Request().Context()
	d, err := h.Accounts.ReadBrandForAdmin(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	status := f.status()
	if len(political.Wrong) > 0 {
		status = 422
	}
	held, err := h.Moderation.ReadHeldDeals(ctx, web.ActorOf(c), moderation.Brand, d.ID)
	if err != nil {
		return err
	}
	p := moderationview.PresentBrand(ctx, d, f.answer(), political).WithHolds(ctx, paths.AdminBrand(d.PublicID), held, f.holds)
	return h.RenderAdmin(c, status, d.Name, moderationview.AdminDetail(p))
}

// suspendBrand suspends a brand, with a reason.
func (h *Handlers) suspendBrand(c echo.Context) error {
	id := c.Param("id")
	return h.suspendAndRedirect(c, paths.AdminBrand(id), func(reason string) error {
		return h.Moderation.SuspendSubject(c.Request().Context(), web.ActorOf(c), moderation.Brand, id, reason)
	}, func(f suspensionForm) error { return h.renderBrand(c, f, moderationview.PoliticalAnswer{}) })
}

// restoreBrand ends its suspension.
func (h *Handlers) restoreBrand(c echo.Context) error {
	id := c.Param("id")
	return h.redirectRestored(c, paths.AdminBrand(id), h.Moderation.RestoreSubject(c.Request().Context(), web.ActorOf(c), moderation.Brand, id))
}
