package moderation

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/views/paths"
)

// PresentBlocks presents whom the actor's side has blocked, what became of its reports,
// and the warnings that it received.
func PresentBlocks(ctx context.Context, actor models.Actor, blocks []moderation.BlockedParty, reported, warnings []moderation.ReportNotice) BlocksProps {
	p := BlocksProps{Kind: string(actor.Side())}
	for _, b := range blocks {
		page := paths.Creator(b.PublicID)
		if actor.Side() == models.SideCreator {
			page = paths.Brand(b.PublicID)
		}
		l := ModerationLine{Name: b.Name, Href: page, On: i18n.T(ctx, "moderation.blocked.on", "on", i18n.Date(ctx, b.CreatedAt))}
		if moderation.CanBlock(actor) {
			l.Undo = paths.Unblock(page)
		}
		p.Blocks = append(p.Blocks, l)
	}
	for _, r := range reported {
		p.Reported = append(p.Reported, ModerationLine{Name: r.Name, Text: i18n.T(ctx, "moderation.outcome."+outcomeKey(r.Decision)), On: i18n.T(ctx, "moderation.reported.on", "on", i18n.Date(ctx, r.CreatedAt), "why", i18n.T(ctx, r.Reason.MessageKey()))})
	}
	for _, r := range warnings {
		p.Warnings = append(p.Warnings, ModerationLine{Name: i18n.T(ctx, r.Decision.MessageKey()), Text: r.Note, On: i18n.Date(ctx, *r.DecidedAt)})
	}
	return p
}

// outcomeKey is the end of the message key of a report's outcome.
func outcomeKey(d moderation.Decision) string {
	if d == moderation.Undecided {
		return "open"
	}
	return string(d)
}
