package deals

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// showHeldProposal shows a proposal that is written and not sent, and what it waits for.
// Once it is sent, its page is the proposal's.
func (h *Handlers) showHeldProposal(c echo.Context) error {
	err := h.renderHeldProposal(c, http.StatusOK, nil)
	if models.CodeOf(err) != models.CodeNotFound {
		return err
	}
	p, err := h.Deals.GetProposal(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return web.SeeOther(c, paths.Proposal(p.PublicID))
}

func (h *Handlers) renderHeldProposal(c echo.Context, status int, refused *models.Error) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	p, err := h.Deals.GetHeldProposal(ctx, v.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	props := dealsview.PresentHeldProposal(ctx, p, dealsview.HeldReader{Confirmed: isConfirmed(v), Acts: deals.CanPropose(v.Actor)}, refused)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "deals.proposal.title", "product", p.Terms.Product), Nav: layouts.NavProposals,
		Head: layouts.Head{NoIndex: true}, Body: withReadOnlyNotice(v, dealsview.Proposal(props))})
}

// isConfirmed says whether the visitor's address is confirmed, without which nothing that
// they write is sent.
func isConfirmed(v web.Visitor) bool { return v.Session.Person.EmailConfirmedAt != nil }

// sendHeldProposal sends it, or says what is in the way.
func (h *Handlers) sendHeldProposal(c echo.Context) error {
	sent, err := h.Deals.SendHeldProposal(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderHeldProposal(c, http.StatusConflict, conflict)
	}
	if err != nil {
		return err
	}
	return h.redirectToSent(c, sent)
}

// redirectToSent leads to what has become of a form: a proposal, or one that is held.
func (h *Handlers) redirectToSent(c echo.Context, sent deals.Sent) error {
	if sent.Held != "" {
		return web.SeeOther(c, paths.HeldProposal(sent.Held))
	}
	if sent.JoinSecret != "" {
		h.Sessions.Put(c.Request().Context(), joinKey(sent.Proposal), sent.JoinSecret)
	}
	return web.SeeOther(c, paths.Proposal(sent.Proposal))
}

// removeHeldProposal deletes it.
func (h *Handlers) removeHeldProposal(c echo.Context) error {
	if err := h.Deals.RemoveHeldProposal(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "deals.held.removed")
	return web.SeeOther(c, paths.Proposals())
}
