package deals

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// listDeals lists the actor's deals.
func (h *Handlers) listDeals(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	f := deals.DealFilter{Status: dealStatus(c.QueryParam("status")), After: c.QueryParam("after")}
	page, err := h.Deals.ListDeals(ctx, actor, f)
	if err != nil {
		return err
	}
	props := dealsview.PresentDeals(ctx, actor.Side(), f, page, h.Clock())
	return h.Render(c, web.Page{Title: i18n.T(ctx, "layouts.deals"), Nav: layouts.NavDeals, Body: dealsview.Deals(props)})
}

// dealStatus reads a tab: running deals unless the URL says otherwise.
func dealStatus(s string) deals.DealStatus {
	switch s {
	case "all":
		return deals.AnyDeal
	case string(deals.Finished):
		return deals.Finished
	}
	return deals.Running
}

// showDeal shows one deal to its two sides.
func (h *Handlers) showDeal(c echo.Context) error {
	return h.OfferOtherRole(c, h.renderDeal(c, 200, c.Param("id"), dealsview.Refusal{}), h.Deals.OtherRoleInDeal)
}

func (h *Handlers) renderDeal(c echo.Context, status int, id string, r dealsview.Refusal) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	d, err := h.Deals.GetDeal(ctx, actor, id)
	if err != nil {
		return err
	}
	props := dealsview.PresentDeal(ctx, actor, d, r, h.Clock())
	return h.Render(c, web.Page{Status: status, Title: d.Terms.Product, Nav: layouts.NavDeals, Head: layouts.Head{NoIndex: true}, Body: web.WithReadOnlyNotice(web.VisitorOf(c), dealsview.Deal(props))})
}

// giveNotice ends the repetition of a deal with the agreed notice.
func (h *Handlers) giveNotice(c echo.Context) error {
	var f struct {
		Version int    `form:"version"`
		Last    int    `form:"last"`
		Reason  string `form:"reason"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	id := c.Param("id")
	err := h.Deals.GiveNotice(c.Request().Context(), web.ActorOf(c), id, deals.RepetitionNotice{Version: f.Version, LastCycle: f.Last, Reason: f.Reason})
	if r, ok := web.RefusalOf(err, deals.ActionGiveNotice, 0, map[string]string{"reason": f.Reason}); ok {
		return h.renderDeal(c, web.StatusOf(r), id, r)
	}
	if err != nil {
		return err
	}
	h.Flash(c, deals.RepetitionTable.DoneKey(deals.ActionGiveNotice))
	return web.SeeOther(c, paths.Deal(id))
}

type endingForm struct {
	Reason string `form:"reason"`
	Late   string `form:"late"` // it ends because the other side is late
	Away   string `form:"away"` // it ends because the other side cannot act
}

// endDeal ends a running deal: for a reason, because the other side is late, or because it has
// not been able to act.
func (h *Handlers) endDeal(c echo.Context) error {
	var f endingForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, id := c.Request().Context(), c.Param("id")
	end, action := h.Deals.End, deals.ActionEnd
	if f.Late != "" {
		end, action = h.Deals.EndLate, deals.ActionEndLate
	}
	if f.Away != "" {
		action = deals.ActionEndAway
		end = func(ctx context.Context, a models.Actor, id, _ string) error { return h.Deals.EndAway(ctx, a, id) }
	}
	err := end(ctx, web.ActorOf(c), id, f.Reason)
	if r, ok := web.RefusalOf(err, action, 0, map[string]string{"reason": f.Reason}); ok {
		return h.renderDeal(c, web.StatusOf(r), id, r)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, paths.Deal(id))
}
