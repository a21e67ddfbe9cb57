package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// adminCreators lists creators, listed or not.
func (h *Handlers) adminCreators(c echo.Context) error {
	ctx, f := c.Request().Context(), adminFilter(c)
	rows, next, err := h.Creators.ListCreatorsForAdmin(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := moderationview.PresentCreators(ctx, f, rows, next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

// adminCreator shows one.
func (h *Handlers) adminCreator(c echo.Context) error {
	return h.adminCreatorPage(c, suspendForm{})
}

func (h *Handlers) adminCreatorPage(c echo.Context, f suspendForm) error {
	ctx := c.Request().Context()
	d, err := h.Creators.ReadCreatorForAdmin(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return h.RenderAdmin(c, f.status(), d.Name, moderationview.AdminDetail(moderationview.PresentCreator(ctx, d, f.answer())))
}

// suspendCreator suspends the profile, with a reason.
func (h *Handlers) suspendCreator(c echo.Context) error {
	id := c.Param("id")
	return h.suspendWith(c, paths.AdminCreator(id), func(reason string) error {
		return h.Moderation.SuspendSubject(c.Request().Context(), web.ActorOf(c), moderation.Creator, id, reason)
	}, func(f suspendForm) error { return h.adminCreatorPage(c, f) })
}

// restoreCreator undoes it.
func (h *Handlers) restoreCreator(c echo.Context) error {
	id := c.Param("id")
	return h.restored(c, paths.AdminCreator(id), h.Moderation.RestoreSubject(c.Request().Context(), web.ActorOf(c), moderation.Creator, id))
}
