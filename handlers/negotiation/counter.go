package negotiation

import (
	"context"
	"errors"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// newOffer shows the form of a counter-offer, or of another offer in place of one's own,
// filled in with the latest terms.
func (h *Handlers) newOffer(c echo.Context) error {
	n, action, err := h.readForOffer(c)
	if err != nil {
		return err
	}
	f := offerForm{Key: models.NewPublicID()}
	f.fillFrom(c, n.Latest)
	if err := h.fillDraft(c, &f, draftKeyOf(n), n.Latest.Number); err != nil {
		return err
	}
	f.To = n.Latest.Number
	return h.renderCounter(c, 200, n, action, f, nil)
}

// readForOffer reads the negotiation and which kind of offer the actor can make in it now.
func (h *Handlers) readForOffer(c echo.Context) (negotiation.Negotiation, negotiation.Action, error) {
	actor := web.ActorOf(c)
	n, err := h.Negotiations.GetOffers(c.Request().Context(), actor, c.Param("id"))
	if err != nil {
		return n, "", err
	}
	action := negotiation.ActionCounter
	if n.Latest.Side == actor.Side() {
		action = negotiation.ActionReplace
	}
	if !negotiation.Allowed(actor, n, action, h.Clock()) {
		return n, "", models.Conflict("negotiation.error.changed")
	}
	return n, action, nil
}

// sendOffer sends a counter-offer or a replacement, or returns the form with a line more or
// less.
func (h *Handlers) sendOffer(c echo.Context) error {
	f, err := readOfferForm(c)
	if err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	n, err := h.Negotiations.GetOffers(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	send, action := h.Negotiations.Counter, negotiation.ActionCounter
	if o := n.Offer(f.To); o != nil && o.Side == actor.Side() {
		send, action = h.Negotiations.Replace, negotiation.ActionReplace
	}
	if f.Count == "discard" {
		return h.discardDraft(c, draftKeyOf(n), paths.NewOffer(n.PublicID))
	}
	if f.applyButtons() {
		h.keepDraft(c, &f, draftKeyOf(n))
		return h.renderCounter(c, 200, n, action, f, nil)
	}
	if f.Look != "" {
		h.keepDraft(c, &f, draftKeyOf(n))
		return h.lookAtAnswer(c, n, action, f)
	}
	_, err = send(ctx, actor, n.PublicID, f.answer())
	if asked := (*negotiation.ApprovalAsked)(nil); errors.As(err, &asked) {
		return web.SeeOther(c, paths.HeldProposal(asked.Held))
	}
	if err != nil {
		return h.refuseAnswer(c, n, action, f, err)
	}
	h.Flash(c, "negotiation.said."+string(action))
	return web.SeeOther(c, paths.Negotiation(n.PublicID))
}

func (f offerForm) answer() negotiation.Answer {
	return negotiation.Answer{To: f.To, Form: f.OfferForm, Notes: f.notes, Key: f.Key}
}

// refuseAnswer returns the form of a further offer with why it cannot be sent.
func (h *Handlers) refuseAnswer(c echo.Context, n negotiation.Negotiation, action negotiation.Action, f offerForm, err error) error {
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderCounter(c, 422, n, action, f, fields)
	}
	if conflict, ok := web.AsConflict(err); ok {
		f.Key, f.stale, f.To, f.conflict = models.NewPublicID(), f.To, n.Latest.Number, conflict
		return h.renderCounter(c, 409, n, action, f, nil)
	}
	return err
}

// readSummary reads the creator of a negotiation; of one who is no longer listed, for whom what
// was begun goes on, only the platforms.
func (h *Handlers) readSummary(ctx context.Context, n negotiation.Negotiation) (creators.CreatorSummary, error) {
	return h.readSummaryOf(ctx, creators.Creator{ID: n.Creator.ID, PublicID: n.Creator.PublicID})
}

// readSummaryOf is readSummary of a creator, of whom the ids are enough.
func (h *Handlers) readSummaryOf(ctx context.Context, c creators.Creator) (creators.CreatorSummary, error) {
	to, err := h.Creators.Listed(ctx, c.PublicID)
	if models.CodeOf(err) == models.CodeNotFound {
		to.Platforms, err = h.Creators.ReadPlatforms(ctx, c.ID)
	}
	return to, err
}

func (h *Handlers) renderCounter(c echo.Context, status int, n negotiation.Negotiation, action negotiation.Action, f offerForm, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	to, err := h.readSummary(ctx, n)
	if err != nil {
		return err
	}
	if f.Fill != "" {
		f.fillPrices(ctx, to, models.Zone(n.Zone), h.Clock())
	}
	var guards creators.CreatorLimits
	if actor.Side() == models.SideBrand {
		if guards, err = h.Creators.LimitsOf(ctx, n.Creator.ID); err != nil {
			return err
		}
	}
	p := negotiationview.PresentCounter(ctx, actor, n, action, to, guards, f.answers(fields), f.To, h.Clock())
	return h.renderForm(c, status, f, p, n.Brand.ID)
}
