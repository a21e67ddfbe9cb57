package negotiation

import (
	"errors"
	"log/slog"
	"maps"
	"net/url"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	negotiationview "tribemarket/views/negotiation"
)

func draftKeyOf(n negotiation.Negotiation) negotiation.DraftKey {
	return negotiation.DraftKey{CreatorID: n.Creator.ID, NegotiationID: n.ID}
}

// fillDraft fills in what the person has written before, if anything is kept, in the form of
// the offer and the others beside it. What answered another offer than the latest is filled
// in only if they ask for it: it would take back what the other side has changed since.
func (h *Handlers) fillDraft(c echo.Context, f *offerForm, k negotiation.DraftKey, latest int, beside ...any) error {
	d, err := h.Negotiations.ReadDraft(c.Request().Context(), web.ActorOf(c), k)
	if err != nil || d == nil {
		return err
	}
	filled := offerForm{notes: map[terms.Clause]string{}}
	web.ReadValues(d.Answers, &filled)
	if filled.To != latest && c.QueryParam("draft") == "" {
		f.draft = negotiationview.DraftState{SavedAt: d.SavedAt, Answered: filled.To}
		return nil
	}
	for _, clause := range terms.Clauses() {
		if note := d.Answers.Get(negotiationview.NoteName(clause)); note != "" {
			filled.notes[clause] = note
		}
	}
	filled.ReadMoney = moneyReader(c.Request().Context())
	filled.draft = negotiationview.DraftState{SavedAt: d.SavedAt, Filled: true}
	for _, other := range beside {
		web.ReadValues(d.Answers, other)
	}
	*f = filled
	return nil
}

// keepDraft keeps what the person has written so far. That it cannot be kept stands in nobody's
// way; the form says so.
func (h *Handlers) keepDraft(c echo.Context, f *offerForm, k negotiation.DraftKey, beside ...any) {
	ctx := c.Request().Context()
	values, err := f.values()
	for _, other := range beside {
		more, wrong := web.FormValues(other)
		maps.Copy(values, more)
		err = errors.Join(err, wrong)
	}
	if err == nil {
		f.draft.SavedAt, err = h.Negotiations.KeepDraft(ctx, web.ActorOf(c), k, values)
	}
	if conflict, ok := web.AsConflict(err); ok {
		f.draft.Refused = conflict
	} else if err != nil {
		slog.WarnContext(ctx, "an offer's draft is not kept", "error", err)
	}
}

// discardDraft deletes it, and leads to a new form.
func (h *Handlers) discardDraft(c echo.Context, k negotiation.DraftKey, form string) error {
	if err := h.Negotiations.DiscardDraft(c.Request().Context(), web.ActorOf(c), k); err != nil {
		return err
	}
	return web.SeeOther(c, form)
}

// values are the answers of the form, without its buttons.
func (f *offerForm) values() (url.Values, error) {
	g := *f
	g.Add, g.Remove, g.Count, g.Look, g.Fill, g.Again = "", "", "", "", "", ""
	values, err := web.FormValues(&g)
	for clause, note := range f.notes {
		values.Set(negotiationview.NoteName(clause), note)
	}
	return values, err
}
