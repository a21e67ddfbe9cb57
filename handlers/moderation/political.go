package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

type politicalForm struct {
	Reason string `form:"political_reason"`
}

// allowPolitical lets a brand have political objectives, for a reason.
func (h *Handlers) allowPolitical(c echo.Context) error {
	var f politicalForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	id := c.Param("id")
	err := h.Accounts.AllowPoliticalObjectives(c.Request().Context(), web.ActorOf(c), id, f.Reason)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderBrand(c, suspensionForm{}, moderationview.PoliticalAnswer{Reason: f.Reason, Wrong: fields})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.political.said.allowed")
	return web.SeeOther(c, paths.AdminBrand(id))
}

// refusePolitical undoes it.
func (h *Handlers) refusePolitical(c echo.Context) error {
	id := c.Param("id")
	if err := h.Accounts.RefusePoliticalObjectives(c.Request().Context(), web.ActorOf(c), id); err != nil {
		return err
	}
	h.Flash(c, "moderation.political.said.refused")
	return web.SeeOther(c, paths.AdminBrand(id))
}
