package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// adminBrands lists brands.
func (h *Handlers) adminBrands(c echo.Context) error {
	ctx, f := c.Request().Context(), adminFilter(c)
	rows, next, err := h.Accounts.ListBrandsForAdmin(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := moderationview.PresentBrands(ctx, f, rows, next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// adminBrand shows one.
func (h *Handlers) adminBrand(c echo.Context) error {
	return h.adminBrandPage(c, suspendForm{})
}

func (h *Handlers) adminBrandPage(c echo.Context, f suspendForm) error {
	ctx := c.Request().Context()
	d, err := h.Accounts.ReadBrandForAdmin(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return h.RenderAdmin(c, f.status(), d.Name, moderationview.AdminDetail(moderationview.PresentBrand(ctx, d, f.answer())))
}

// suspendBrand suspends it, with a reason.
func (h *Handlers) suspendBrand(c echo.Context) error {
	id := c.Param("id")
	return h.suspendWith(c, paths.AdminBrand(id), func(reason string) error {
		return h.Moderation.SuspendSubject(c.Request().Context(), web.ActorOf(c), moderation.Brand, id, reason)
	}, func(f suspendForm) error { return h.adminBrandPage(c, f) })
}

// restoreBrand undoes it.
func (h *Handlers) restoreBrand(c echo.Context) error {
	id := c.Param("id")
	return h.restored(c, paths.AdminBrand(id), h.Moderation.RestoreSubject(c.Request().Context(), web.ActorOf(c), moderation.Brand, id))
}
