package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// listCreators lists creators, listed or not.
func (h *Handlers) listCreators(c echo.Context) error {
	ctx, f := c.Request().Context(), readListFilter(c)
	rows, next, err := h.Creators.ListCreatorsForAdmin(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := moderationview.PresentCreators(ctx, f, rows, next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// showCreator shows a creator.
func (h *Handlers) showCreator(c echo.Context) error {
	return h.renderCreator(c, suspensionForm{})
}

func (h *Handlers) renderCreator(c echo.Context, f suspensionForm) error {
	ctx := c.Request().Context()
	d, err := h.Creators.ReadCreatorForAdmin(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	held, err := h.Moderation.ReadHeldDeals(ctx, web.ActorOf(c), moderation.Creator, d.ID)
	if err != nil {
		return err
	}
	p := moderationview.PresentCreator(ctx, d, f.answer()).WithHolds(ctx, paths.AdminCreator(d.PublicID), held, f.holds)
	return h.RenderAdmin(c, f.status(), d.Name, moderationview.AdminDetail(p))
}

// suspendCreator suspends a profile, with a reason.
func (h *Handlers) suspendCreator(c echo.Context) error {
	id := c.Param("id")
	return h.suspendAndRedirect(c, paths.AdminCreator(id), func(reason string) error {
		return h.Moderation.SuspendSubject(c.Request().Context(), web.ActorOf(c), moderation.Creator, id, reason)
	}, func(f suspensionForm) error { return h.renderCreator(c, f) })
}

// restoreCreator ends its suspension.
func (h *Handlers) restoreCreator(c echo.Context) error {
	id := c.Param("id")
	return h.redirectRestored(c, paths.AdminCreator(id), h.Moderation.RestoreSubject(c.Request().Context(), web.ActorOf(c), moderation.Creator, id))
}
