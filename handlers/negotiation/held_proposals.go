package negotiation

import (
	"cmp"
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// showHeldProposal shows a proposal that is written and not sent, and what it waits for.
// Once it is sent, its page is the negotiation's.
func (h *Handlers) showHeldProposal(c echo.Context) error {
	return h.renderHeldProposal(c, http.StatusOK, dealsview.Refusal{})
}

func (h *Handlers) renderHeldProposal(c echo.Context, status int, r dealsview.Refusal) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	p, err := h.Negotiations.GetHeldProposal(ctx, v.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	if sent := cmp.Or(p.Negotiation, p.PublicID); p.State == negotiation.HeldSent && status == http.StatusOK {
		return web.SeeOther(c, paths.Negotiation(sent))
	} else if p.State == negotiation.HeldSent {
		return h.renderNegotiation(c, http.StatusConflict, sent, tooLate(r))
	}
	rule, err := h.Accounts.OwnApproval(ctx, v.Actor)
	if err != nil {
		return err
	}
	typed, err := h.typedAgain(c, p)
	if err != nil {
		return err
	}
	worth, known := p.Terms.Worth()
	reader := negotiationview.HeldReader{
		Confirmed: isConfirmed(v), Acts: negotiation.CanPropose(v.Actor), Approves: rule.CanApprove(v.Actor), Needs: rule.IsNeeded(v.Actor, worth, known), Typed: typed,
	}
	if rule.Active {
		reader.Approver = rule.Name
	}
	props := negotiationview.PresentHeldProposal(ctx, p, reader, r, h.Clock())
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "negotiation.title", "product", p.Terms.Product), Nav: layouts.NavProposals,
		Head: layouts.Head{NoIndex: true}, Body: web.WithReadOnlyNotice(v, negotiationview.Negotiation(props))})
}

// tooLate says that something was sent before it could be stopped, and keeps why it should have
// been.
func tooLate(r dealsview.Refusal) dealsview.Refusal {
	said := models.Conflict("negotiation.held.error.sent")
	if reason := r.Answers["reason"]; reason != "" {
		said = models.Conflict("negotiation.held.error.sent_typed", "reason", reason)
	}
	r.Conflict, _ = web.AsConflict(said)
	return r
}

// typedAgain is what was typed, as a form that is written instead.
func (h *Handlers) typedAgain(c echo.Context, p negotiation.HeldProposal) ([]components.Hidden, error) {
	f := offerForm{OfferForm: p.Form, Key: models.NewPublicID(), To: p.AnswersTo}
	f.Form, f.Instead = terms.FormOf(p.Terms, moneyWriter(c.Request().Context())), p.PublicID
	return f.hiddenFields()
}

// isConfirmed says whether the visitor's address is confirmed, without which nothing that
// they write is sent.
func isConfirmed(v web.Visitor) bool { return v.Session.Person.EmailConfirmedAt != nil }

// sendHeldProposal sends it as the page showed it, or says what is in the way.
func (h *Handlers) sendHeldProposal(c echo.Context) error {
	var f struct {
		Version int `form:"version"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	sent, err := h.Negotiations.SendHeldProposal(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Version)
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderHeldProposal(c, http.StatusConflict, dealsview.Refusal{Conflict: conflict})
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

// refuseHeldProposal says no to what has to be approved, with a reason.
func (h *Handlers) refuseHeldProposal(c echo.Context) error {
	var f struct {
		Version int    `form:"version"`
		Reason  string `form:"reason"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Negotiations.RefuseHeldProposal(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Version, f.Reason)
	if r, refused := web.RefusalOf(err, negotiation.ActionRefuse, 0, map[string]string{"reason": f.Reason}); refused {
		return h.renderHeldProposal(c, web.StatusOf(r), r)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "negotiation.held.said.refuse")
	return web.SeeOther(c, paths.HeldProposal(c.Param("id")))
}

// removeHeldProposal deletes it.
func (h *Handlers) removeHeldProposal(c echo.Context) error {
	err := h.Negotiations.RemoveHeldProposal(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderHeldProposal(c, http.StatusConflict, dealsview.Refusal{Conflict: conflict})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "negotiation.held.removed")
	return web.SeeOther(c, paths.Negotiations())
}
