package negotiation

import (
	"errors"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/negotiation"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// accept agrees to the offer that the page showed.
func (h *Handlers) accept(c echo.Context) error {
	var f struct {
		Offer int `form:"offer"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	deal, err := h.Negotiations.Accept(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Offer)
	if asked := (*negotiation.ApprovalAsked)(nil); errors.As(err, &asked) {
		return web.SeeOther(c, paths.HeldProposal(asked.Held))
	}
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderBeside(c, 409, c.Param("id"), f.Offer, dealsview.Refusal{Action: negotiation.ActionAccept, Conflict: conflict})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "negotiation.said.accept")
	return web.SeeOther(c, paths.Deal(deal))
}

// decline declines the offer that the page showed, with a reason.
func (h *Handlers) decline(c echo.Context) error {
	var f struct {
		Offer  int    `form:"offer"`
		Reason string `form:"reason"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Negotiations.Decline(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Offer, f.Reason)
	return h.redirectBack(c, negotiation.ActionDecline, f.Offer, map[string]string{"reason": f.Reason}, err)
}

// withdraw withdraws one's own latest offer.
func (h *Handlers) withdraw(c echo.Context) error {
	return h.redirectBack(c, negotiation.ActionWithdraw, 0, nil, h.Negotiations.Withdraw(c.Request().Context(), web.ActorOf(c), c.Param("id")))
}

// redirectBack shows the result of an answer: the negotiation in its new state, or unchanged
// with what is wrong, beside the offer that was answered.
func (h *Handlers) redirectBack(c echo.Context, action negotiation.Action, offer int, answers map[string]string, err error) error {
	if r, refused := web.RefusalOf(err, action, 0, answers); refused {
		return h.renderBeside(c, web.StatusOf(r), c.Param("id"), offer, r)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, paths.Negotiation(c.Param("id")))
}

// renewJoinLink creates a new link for the creator; the page shows it once.
func (h *Handlers) renewJoinLink(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	secret, err := h.Negotiations.NewJoinLink(ctx, web.ActorOf(c), id)
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderNegotiation(c, 409, id, dealsview.Refusal{Conflict: conflict})
	}
	if err != nil {
		return err
	}
	h.Sessions.Put(ctx, joinKey(id), secret)
	return web.SeeOther(c, paths.Negotiation(id))
}

// showJoin is the page that the link leads to: the whole offer, and how to answer it.
func (h *Handlers) showJoin(c echo.Context) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	n, err := h.Negotiations.ByJoinSecret(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	_, canSignIn := h.Providers.ProviderOf(n.Creator.Platform)
	props := negotiationview.PresentJoinPage(ctx, v.Actor, v.Name(), n, canSignIn, h.Clock())
	return h.Render(c, web.Page{Title: props.Title, Head: layouts.Head{NoIndex: true}, Body: negotiationview.JoinPage(props)})
}
