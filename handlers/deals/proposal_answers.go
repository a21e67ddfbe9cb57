package deals

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/deals"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

type reasonForm struct {
	Reason string `form:"reason"`
	Late   string `form:"late"` // of a deal: it ends because the other side is late
}

// acceptProposal turns the proposal into a deal.
func (h *Handlers) acceptProposal(c echo.Context) error {
	deal, err := h.Deals.Accept(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderProposal(c, 409, c.Param("id"), dealsview.Refusal{Action: deals.ActionAccept, Conflict: conflict})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "deals.proposal.said.accept")
	return web.SeeOther(c, paths.Deal(deal))
}

// declineProposal declines the proposal, with a reason.
func (h *Handlers) declineProposal(c echo.Context) error {
	var f reasonForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Deals.Decline(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Reason)
	return h.redirectToProposal(c, deals.ActionDecline, map[string]string{"reason": f.Reason}, err)
}

// withdrawProposal withdraws the proposal.
func (h *Handlers) withdrawProposal(c echo.Context) error {
	return h.redirectToProposal(c, deals.ActionWithdraw, nil, h.Deals.Withdraw(c.Request().Context(), web.ActorOf(c), c.Param("id")))
}

// redirectToProposal shows the result of an answer: the proposal in its new state, or
// unchanged with what is wrong.
func (h *Handlers) redirectToProposal(c echo.Context, action deals.Action, answers map[string]string, err error) error {
	r, refused := refusalOf(err, action, 0, answers)
	if refused {
		return h.renderProposal(c, statusOf(r), c.Param("id"), r)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, paths.Proposal(c.Param("id")))
}

// refusalOf says whether the page should be shown again with what is wrong.
func refusalOf(err error, action deals.Action, number int, answers map[string]string) (dealsview.Refusal, bool) {
	r := dealsview.Refusal{Action: action, Number: number, Answers: answers}
	if fields, ok := web.InvalidFields(err); ok {
		r.Fields = fields
		return r, true
	}
	conflict, ok := web.AsConflict(err)
	r.Conflict = conflict
	return r, ok
}

// renewJoinLink creates a new link for the creator; the page shows it once.
func (h *Handlers) renewJoinLink(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	secret, err := h.Deals.NewJoinLink(ctx, web.ActorOf(c), id)
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderProposal(c, 409, id, dealsview.Refusal{Conflict: conflict})
	}
	if err != nil {
		return err
	}
	h.Sessions.Put(ctx, joinKey(id), secret)
	return web.SeeOther(c, paths.Proposal(id))
}

// showJoin is the page that the link leads to: what waits there, and how to answer it.
func (h *Handlers) showJoin(c echo.Context) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	inv, err := h.Deals.ByJoinSecret(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	_, canSignIn := h.Providers.ProviderOf(inv.Creator.Platform)
	props := dealsview.PresentJoinPage(ctx, v.Actor, v.Name(), inv, canSignIn, h.Clock())
	return h.Render(c, web.Page{Title: props.Title, Head: layouts.Head{NoIndex: true}, Body: dealsview.JoinPage(props)})
}
