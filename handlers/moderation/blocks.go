package moderation

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// showBlocks lists whom the actor's side has blocked, and what became of reports.
func (h *Handlers) showBlocks(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	blocks, err := h.Moderation.ListBlocks(ctx, actor)
	if err != nil {
		return err
	}
	reported, err := h.Moderation.ListOwnReports(ctx, actor)
	if err != nil {
		return err
	}
	warnings, err := h.Moderation.ListWarnings(ctx, actor)
	if err != nil {
		return err
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "moderation.blocks.title"), Body: moderationview.Blocks(moderationview.PresentBlocks(ctx, actor, blocks, reported, warnings))})
}

// addBlock and removeBlock are used by a brand on a creator's page, and by a
// creator on a brand's.
func (h *Handlers) addBlock(c echo.Context) error {
	return h.changeBlock(c, h.Moderation.BlockParty, "moderation.said.blocked")
}

func (h *Handlers) removeBlock(c echo.Context) error {
	return h.changeBlock(c, h.Moderation.UnblockParty, "moderation.said.unblocked")
}

func (h *Handlers) changeBlock(c echo.Context, verb func(context.Context, models.Actor, string) error, said string) error {
	if err := verb(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, said)
	return web.SeeOther(c, paths.BlockSettings())
}
