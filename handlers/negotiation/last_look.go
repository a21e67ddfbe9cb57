package negotiation

import (
	"maps"
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
)

// lookAtFirst shows a first offer as the creator will see it, with the buttons that send and
// change it.
func (h *Handlers) lookAtFirst(c echo.Context, to creators.CreatorSummary, f offerForm) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	p, err := h.Negotiations.PreviewFirstOffer(ctx, v.Actor, to.Creator.PublicID, f.OfferForm)
	if err != nil {
		return h.refuseFirst(c, to, f, err)
	}
	typed, err := f.hiddenFields()
	if err != nil {
		return err
	}
	return h.renderLook(c, negotiationview.PresentFirstLook(ctx, to, negotiationview.LastLook{Preview: p, Typed: typed, Unconfirmed: !isConfirmed(v), Again: f.againLead(ctx), Brand: v.Name()}, h.Clock()))
}

// lookAtAnswer is lookAtFirst for a further offer.
func (h *Handlers) lookAtAnswer(c echo.Context, n negotiation.Negotiation, action negotiation.Action, f offerForm) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	p, err := h.Negotiations.PreviewAnswer(ctx, actor, n.PublicID, action, f.answer())
	if err != nil {
		return h.refuseAnswer(c, n, action, f, err)
	}
	to, err := h.readSummary(ctx, n)
	if err != nil {
		return err
	}
	typed, err := f.hiddenFields()
	if err != nil {
		return err
	}
	return h.renderLook(c, negotiationview.PresentAnswerLook(ctx, actor, n, to, negotiationview.LastLook{Preview: p, Typed: typed}, h.Clock()))
}

func (h *Handlers) renderLook(c echo.Context, p negotiationview.Props) error {
	return h.Render(c, web.Page{
		Title: i18n.T(c.Request().Context(), "negotiation.look", "product", p.Product), Nav: layouts.NavProposals, Head: layouts.Head{NoIndex: true},
		Body: negotiationview.Negotiation(p),
	})
}

// hiddenFields are the answers of the form, without its buttons.
func (f offerForm) hiddenFields() ([]components.Hidden, error) {
	values, err := f.values()
	var all []components.Hidden
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			all = append(all, components.Hidden{Name: name, Value: value})
		}
	}
	return all, err
}
