package negotiation

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// showHeldProposal shows a proposal that is written and not sent, and what it waits for.
// Once it is sent, its page is the negotiation's.
func (h *Handlers) showHeldProposal(c echo.Context) error {
	err := h.renderHeldProposal(c, http.StatusOK, nil)
	if models.CodeOf(err) != models.CodeNotFound {
		return err
	}
	n, err := h.Negotiations.Get(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return web.SeeOther(c, paths.Negotiation(n.PublicID))
}

func (h *Handlers) renderHeldProposal(c echo.Context, status int, refused *models.Error) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	p, err := h.Negotiations.GetHeldProposal(ctx, v.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	props := negotiationview.PresentHeldProposal(ctx, p, negotiationview.HeldReader{Confirmed: isConfirmed(v), Acts: negotiation.CanPropose(v.Actor)}, refused)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "negotiation.title", "product", p.Terms.Product), Nav: layouts.NavProposals,
		Head: layouts.Head{NoIndex: true}, Body: web.WithReadOnlyNotice(v, negotiationview.Negotiation(props))})
}

// isConfirmed says whether the visitor's address is confirmed, without which nothing that
// they write is sent.
func isConfirmed(v web.Visitor) bool { return v.Session.Person.EmailConfirmedAt != nil }

// sendHeldProposal sends it, or says what is in the way.
func (h *Handlers) sendHeldProposal(c echo.Context) error {
	sent, err := h.Negotiations.SendHeldProposal(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderHeldProposal(c, http.StatusConflict, conflict)
	}
	if err != nil {
		return err
	}
	return h.redirectToSent(c, sent)
}

// redirectToSent leads to what has become of a form: a negotiation, or a proposal that is held.
func (h *Handlers) redirectToSent(c echo.Context, sent negotiation.Sent) error {
	if sent.Held != "" {
		return web.SeeOther(c, paths.HeldProposal(sent.Held))
	}
	if sent.JoinSecret != "" {
		h.Sessions.Put(c.Request().Context(), joinKey(sent.Negotiation), sent.JoinSecret)
	}
	return web.SeeOther(c, paths.Negotiation(sent.Negotiation))
}

// removeHeldProposal deletes it.
func (h *Handlers) removeHeldProposal(c echo.Context) error {
	if err := h.Negotiations.RemoveHeldProposal(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "negotiation.held.removed")
	return web.SeeOther(c, paths.Negotiations())
}
