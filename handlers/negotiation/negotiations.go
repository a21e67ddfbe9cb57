package negotiation

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// joinKey is the session key of the secret of a negotiation's link, which is kept until the
// page has shown it once.
func joinKey(id string) string { return "join." + id }

// listNegotiations lists the actor's negotiations.
func (h *Handlers) listNegotiations(c echo.Context) error {
	f := negotiation.Filter{State: stateOf(c.QueryParam("state")), After: c.QueryParam("after")}
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	page, err := h.Negotiations.List(ctx, actor, f)
	if err != nil {
		return err
	}
	props := negotiationview.PresentList(ctx, actor.Side(), f, page, h.Clock())
	if f == (negotiation.Filter{}) {
		held, err := h.Negotiations.ListHeldProposals(ctx, actor)
		if err != nil {
			return err
		}
		props.Held = negotiationview.PresentHeldRows(ctx, held)
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "layouts.proposals"), Nav: layouts.NavProposals, Body: negotiationview.List(props)})
}

// stateOf reads a tab; any other value means all.
func stateOf(s string) negotiation.State {
	for _, state := range negotiation.Table.States() {
		if string(state) == s {
			return state
		}
	}
	return ""
}

// showNegotiation shows one negotiation to its two sides.
func (h *Handlers) showNegotiation(c echo.Context) error {
	return h.OfferOtherRole(c, h.renderNegotiation(c, 200, c.Param("id"), dealsview.Refusal{}), h.Negotiations.OtherRole)
}

func (h *Handlers) renderNegotiation(c echo.Context, status int, id string, r dealsview.Refusal) error {
	beside, _ := strconv.Atoi(c.QueryParam("beside"))
	return h.renderBeside(c, status, id, beside, r)
}

// renderBeside shows the latest offer beside an earlier one; 0 for the one before.
func (h *Handlers) renderBeside(c echo.Context, status int, id string, beside int, r dealsview.Refusal) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	n, err := h.Negotiations.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	props := negotiationview.Present(ctx, actor, n, beside, r, h.Clock())
	to, err := h.Creators.ReadPriced(ctx, n.Creator.PublicID)
	if err != nil {
		return err
	}
	props.Quote = negotiationview.PresentQuote(ctx, deals.PartyOf(actor, n.Brand.ID, n.Creator.ID), n, to, h.Clock())
	if n.State.IsOpen() {
		held, err := h.Negotiations.FindHeldAnswer(ctx, actor, n)
		if err != nil {
			return err
		}
		props = negotiationview.WithHeldAnswer(ctx, props, n, held, h.Clock())
		if held == nil {
			rule, err := h.Negotiations.ReadApproval(ctx, actor, n)
			if err != nil {
				return err
			}
			props.Approval = negotiationview.PresentAcceptanceApproval(ctx, rule, n.Creator.Name)
		}
	}
	if secret := h.Sessions.PopString(ctx, joinKey(id)); secret != "" {
		props.Join.Address = h.Site.BaseURL + paths.JoinPage(secret)
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "negotiation.title", "product", n.Latest.Terms.Product), Nav: layouts.NavProposals,
		Head: layouts.Head{NoIndex: true}, Body: web.WithReadOnlyNotice(web.VisitorOf(c), negotiationview.Negotiation(props))})
}
