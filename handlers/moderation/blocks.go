package moderation

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// showBlocks lists whom the actor's side has blocked, and what became of reports.
func (h *Handlers) showBlocks(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	blocks, err := h.Moderation.Blocks(ctx, actor)
	if err != nil {
		return err
	}
	reported, err := h.Moderation.Reported(ctx, actor)
	if err != nil {
		return err
	}
	warnings, err := h.Moderation.Warnings(ctx, actor)
	if err != nil {
		return err
	}
	p := moderationview.BlocksProps{Kind: string(actor.Side())}
	for _, b := range blocks {
		page := paths.Creator(b.PublicID)
		if actor.Side() == models.SideCreator {
			page = paths.Brand(b.PublicID)
		}
		l := moderationview.Line{Name: b.Name, Href: page, On: i18n.T(ctx, "moderation.blocked.on", "on", i18n.Date(ctx, b.CreatedAt))}
		if moderation.CanBlock(actor) {
			l.Undo = paths.Unblock(page)
		}
		p.Blocks = append(p.Blocks, l)
	}
	for _, r := range reported {
		p.Reported = append(p.Reported, moderationview.Line{Name: r.Name, Text: i18n.T(ctx, "moderation.outcome."+outcome(r.Decision)), On: i18n.T(ctx, "moderation.reported.on", "on", i18n.Date(ctx, r.CreatedAt), "why", i18n.T(ctx, r.Reason.Key()))})
	}
	for _, r := range warnings {
		p.Warnings = append(p.Warnings, moderationview.Line{Name: i18n.T(ctx, r.Decision.Key()), Text: r.Note, On: i18n.Date(ctx, *r.DecidedAt)})
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "moderation.blocks.title"), Body: moderationview.Blocks(p)})
}

func outcome(d moderation.Decision) string {
	if d == moderation.Undecided {
		return "open"
	}
	return string(d)
}

// block and unblock answer a brand on a creator's page, and a creator on a brand's.
func (h *Handlers) block(c echo.Context) error {
	return h.blockWith(c, h.Moderation.Block, "moderation.said.blocked")
}

func (h *Handlers) unblock(c echo.Context) error {
	return h.blockWith(c, h.Moderation.Unblock, "moderation.said.unblocked")
}

func (h *Handlers) blockWith(c echo.Context, verb func(context.Context, models.Actor, string) error, said string) error {
	if err := verb(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, said)
	return web.SeeOther(c, paths.BlockSettings())
}
