package negotiation

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// newPitch shows the form of a pitch to a brand or, where its door is not open to the
// creator, why.
func (h *Handlers) newPitch(c echo.Context) error {
	e, err := h.Negotiations.Entrance(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	if len(e.Obstacles) > 0 {
		return h.renderShutDoor(c, e)
	}
	f := offerForm{Key: models.NewPublicID()}
	f.Deliverables = []terms.DeliverableForm{{Count: "1"}}
	var words negotiation.PitchForm
	if err := h.fillDraft(c, &f, pitchDraft(c, e), 0, &words); err != nil {
		return err
	}
	return h.renderPitch(c, http.StatusOK, e, f, words, nil)
}

func pitchDraft(c echo.Context, e negotiation.Entrance) negotiation.DraftKey {
	return negotiation.DraftKey{CreatorID: web.ActorOf(c).CreatorID, ToBrandID: e.Brand.ID}
}

func (h *Handlers) renderShutDoor(c echo.Context, e negotiation.Entrance) error {
	p := negotiationview.PresentShutDoor(c.Request().Context(), e, h.Creators.TribeCatalogue())
	return h.Render(c, web.Page{Title: p.Title, Nav: layouts.NavProposals, Head: layouts.Head{NoIndex: true}, Body: negotiationview.ShutDoor(p)})
}

// sendPitch sends a pitch, or returns the form with a line more or less.
func (h *Handlers) sendPitch(c echo.Context) error {
	f, err := readOfferForm(c)
	if err != nil {
		return err
	}
	var words negotiation.PitchForm
	if err := web.ReadForm(c, &words); err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	e, err := h.Negotiations.Entrance(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	if f.Count == "discard" {
		return h.discardDraft(c, pitchDraft(c, e), paths.NewPitch(e.Brand.PublicID))
	}
	if f.applyButtons() {
		h.keepDraft(c, &f, pitchDraft(c, e), &words)
		return h.renderPitch(c, http.StatusOK, e, f, words, nil)
	}
	if f.Look != "" {
		h.keepDraft(c, &f, pitchDraft(c, e), &words)
		return h.lookAtPitch(c, e, f, words)
	}
	sent, err := h.Negotiations.Pitch(ctx, actor, c.Param("id"), f.OfferForm, words, f.Key)
	if err != nil {
		return h.refusePitch(c, e, f, words, err)
	}
	return web.SeeOther(c, paths.Negotiation(sent))
}

// lookAtPitch shows a pitch as the brand will see it, with the buttons that send and change
// it.
func (h *Handlers) lookAtPitch(c echo.Context, e negotiation.Entrance, f offerForm, words negotiation.PitchForm) error {
	ctx := c.Request().Context()
	p, err := h.Negotiations.PreviewPitch(ctx, web.ActorOf(c), c.Param("id"), f.OfferForm, words)
	if err != nil {
		return h.refusePitch(c, e, f, words, err)
	}
	typed, err := f.hiddenFields()
	if err != nil {
		return err
	}
	typed = append(typed, hiddenWords(words)...)
	return h.renderLook(c, negotiationview.PresentPitchLook(ctx, e, web.VisitorOf(c).Name(), negotiationview.LastLook{Preview: p, Typed: typed}, h.Clock()))
}

// hiddenWords carries what a creator typed about themselves.
func hiddenWords(words negotiation.PitchForm) []components.Hidden {
	all := []components.Hidden{{Name: "about", Value: words.About}, {Name: "my_audience", Value: words.Audience}}
	for _, id := range words.Works {
		all = append(all, components.Hidden{Name: "works", Value: id})
	}
	for i, x := range words.Posts {
		all = append(all, components.Hidden{Name: fmt.Sprintf("posts[%d].url", i), Value: x.URL})
	}
	return all
}

// refusePitch returns the form of a pitch with why it cannot be sent.
func (h *Handlers) refusePitch(c echo.Context, e negotiation.Entrance, f offerForm, words negotiation.PitchForm, err error) error {
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderPitch(c, http.StatusUnprocessableEntity, e, f, words, fields)
	}
	var refused *models.Error
	if !errors.As(err, &refused) {
		return err
	}
	switch f.conflict = refused; refused.Code {
	case models.CodeConflict:
		f.Key = models.NewPublicID()
		return h.renderPitch(c, http.StatusConflict, e, f, words, nil)
	case models.CodeTooMany:
		web.SetRetryAfter(c, refused.After)
		return h.renderPitch(c, http.StatusTooManyRequests, e, f, words, nil)
	}
	return err
}

func (h *Handlers) renderPitch(c echo.Context, status int, e negotiation.Entrance, f offerForm, words negotiation.PitchForm, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	kit, err := h.Creators.OwnMediaKit(ctx, actor)
	if err != nil {
		return err
	}
	if f.Currency == "" { // the form has not been filled in yet
		f.fillDefaults(negotiationview.SummaryOf(kit), actor.Locale)
	}
	if f.Fill != "" {
		f.fillPrices(ctx, negotiationview.SummaryOf(kit), kit.Creator.Location(), h.Clock())
	}
	p := negotiationview.PresentPitchForm(ctx, e, kit, words, f.answers(fields), h.Clock())
	return h.renderForm(c, status, f, p, e.Brand.ID)
}
