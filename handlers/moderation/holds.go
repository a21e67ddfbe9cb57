package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

type holdForm struct {
	Until  string `form:"until"`
	Reason string `form:"hold_reason"`
}

// shortenBrandHolds lets the other sides of a brand's held deals end them after an earlier day.
func (h *Handlers) shortenBrandHolds(c echo.Context) error {
	return h.shortenHolds(c, moderation.Brand, paths.AdminBrand(c.Param("id")), func(f suspensionForm) error {
		return h.renderBrand(c, f, moderationview.PoliticalAnswer{})
	})
}

// shortenCreatorHolds does the same for a creator's.
func (h *Handlers) shortenCreatorHolds(c echo.Context) error {
	return h.shortenHolds(c, moderation.Creator, paths.AdminCreator(c.Param("id")), func(f suspensionForm) error { return h.renderCreator(c, f) })
}

func (h *Handlers) shortenHolds(c echo.Context, kind moderation.Kind, of string, again func(suspensionForm) error) error {
	var f holdForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Moderation.ShortenHolds(c.Request().Context(), web.ActorOf(c), kind, c.Param("id"), f.Until, f.Reason)
	if fields, ok := web.InvalidFields(err); ok {
		return again(suspensionForm{holds: moderationview.HoldAnswer{Until: f.Until, Reason: f.Reason, Wrong: fields}})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.holds.said")
	return web.SeeOther(c, of)
}
