package creators

import (
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/discovery"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/layouts"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// showCreator shows a creator's media kit; ?platform= chooses the account.
func (h *Handlers) showCreator(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	kit, err := h.Creators.ReadMediaKit(ctx, actor, c.Param("id"), c.QueryParam("platform"))
	if err != nil {
		return err
	}
	kept, err := h.Discovery.ReadKept(ctx, actor, []int64{kit.Creator.ID})
	if err != nil {
		return err
	}
	now := h.Clock()
	record, err := h.Deals.ReadTrackRecord(ctx, actor, kit.Creator.ID, startOfYear(now.In(i18n.TimeZoneOf(ctx))))
	if err != nil {
		return err
	}
	p := creatorsview.MediaKitProps{
		Moderate: moderationview.ModerationActions(actor, moderation.Creator, kit.Creator.PublicID, kit.Creator.ID, kit.BlockedByBrand),
		Kit:      kit, Past: record.Past, Record: record, Now: now, CanPropose: negotiation.CanPropose(actor), Visitor: !actor.SignedIn(), Floor: h.Creators.FollowerFloor(),
		Save:       creatorsview.SaveProps{Kept: kept, CanKeep: discovery.CanEditShortlists(actor), Saved: c.QueryParam(creatorsview.Saved), Back: paths.Creator(kit.Creator.PublicID)},
		NoProposal: whyNoProposal(c),
	}
	indexed := creatorsview.IsIndexedBySearchEngines(kit.Creator)
	if !indexed {
		forbidIndexing(c)
	}
	return h.Render(c, web.Page{
		Title: kit.Creator.Name, Nav: layouts.NavCreators, Body: creatorsview.MediaKit(p),
		Head: layouts.Head{
			Description: p.Description(ctx), Canonical: h.Site.BaseURL + paths.Creator(kit.Creator.PublicID), NoIndex: !indexed,
			Card: p.Card(ctx, h.Site.BaseURL), Data: p.Data(ctx, h.Site.BaseURL),
		},
	})
}

func startOfYear(t time.Time) time.Time {
	return time.Date(t.Year(), time.January, 1, 0, 0, 0, 0, t.Location())
}

// whyNoProposal says to a member of a brand why they cannot send a proposal, and where to
// turn; nothing to those who can, and to others.
func whyNoProposal(c echo.Context) creatorsview.NoProposal {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	switch {
	case v.Session.Brand == nil || negotiation.CanPropose(v.Actor):
		return creatorsview.NoProposal{}
	case v.Actor.Suspended:
		return creatorsview.NoProposal{Text: i18n.T(ctx, "creators.propose_suspended"), Href: paths.Dashboard(), Link: i18n.T(ctx, "creators.propose_suspended.link")}
	}
	role := i18n.T(ctx, "accounts.role."+string(v.Actor.Role))
	return creatorsview.NoProposal{
		Text: i18n.T(ctx, "creators.propose_role", "role", role, "brand", v.Name()), Href: paths.Members(), Link: i18n.T(ctx, "creators.propose_role.link"),
	}
}
