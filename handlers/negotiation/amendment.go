package negotiation

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// newAmendment shows the form of an amendment, filled in with the terms as they are.
func (h *Handlers) newAmendment(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := h.Negotiations.FindAmendable(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return h.OfferOtherRole(c, err, h.otherRoleOfContract)
	}
	f := offerForm{Key: models.NewPublicID()}
	f.Form = terms.AmendingForm(m.Amending, moneyWriter(ctx))
	f.ReadMoney = moneyReader(ctx)
	return h.renderAmendment(c, 200, m, f, nil)
}

// proposeAmendment proposes an amendment, shows it as both sides would sign it, or returns the
// form with a line more or less.
func (h *Handlers) proposeAmendment(c echo.Context) error {
	f, err := readOfferForm(c)
	if err != nil {
		return err
	}
	ctx, actor, contract := c.Request().Context(), web.ActorOf(c), c.Param("id")
	if f.applyButtons() || f.Look != "" {
		m, err := h.Negotiations.FindAmendable(ctx, actor, contract)
		switch {
		case err != nil:
			return h.refuseAmendment(c, f, err)
		case f.Look != "":
			return h.lookAtAmendment(c, m, f)
		}
		return h.renderAmendment(c, 200, m, f, nil)
	}
	amendment, err := h.Negotiations.ProposeAmendment(ctx, actor, contract, f.OfferForm, f.Key)
	if err != nil {
		return h.refuseAmendment(c, f, err)
	}
	h.Flash(c, contracts.Table.DoneKey(contracts.ActionPropose))
	return web.SeeOther(c, paths.Contract(amendment))
}

// lookAtAmendment shows an amendment before it is proposed.
func (h *Handlers) lookAtAmendment(c echo.Context, m negotiation.Amendable, f offerForm) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	look, err := h.Negotiations.PreviewAmendment(ctx, actor, c.Param("id"), f.OfferForm)
	if err != nil {
		return h.refuseAmendment(c, f, err)
	}
	typed, err := f.hiddenFields()
	if err != nil {
		return err
	}
	p := negotiationview.PresentAmendmentLook(ctx, negotiationview.Amended{Amendable: m, Side: actor.Side()}, look, typed)
	return h.Render(c, web.Page{
		Title: i18n.T(ctx, "negotiation.look", "product", p.Product), Nav: layouts.NavDeals, Head: layouts.Head{NoIndex: true}, Body: negotiationview.Negotiation(p),
	})
}

// refuseAmendment returns the form with why the amendment cannot be proposed. Where the contract
// is no longer in force, there is no form to return.
func (h *Handlers) refuseAmendment(c echo.Context, f offerForm, err error) error {
	status, fields := 422, models.Fields(nil)
	if wrong, ok := web.InvalidFields(err); ok {
		fields = wrong
	} else if conflict, ok := web.AsConflict(err); ok {
		status, f.Key, f.conflict = 409, models.NewPublicID(), conflict
	} else {
		return err
	}
	m, found := h.Negotiations.FindAmendable(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if found != nil && len(m.Terms.Deliverables) == 0 {
		return err
	}
	return h.renderAmendment(c, status, m, f, fields)
}

func (h *Handlers) renderAmendment(c echo.Context, status int, m negotiation.Amendable, f offerForm, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	to, err := h.readSummaryOf(ctx, m.Creator)
	if err != nil {
		return err
	}
	if f.Fill != "" {
		t, _, _ := f.ReadAmendment(terms.Rules{Today: m.Today}, m.Amending)
		f.fillFee(ctx, t, negotiation.QuoteAmendment(to, m.Amending, t, m.Today))
	}
	var guards creators.CreatorLimits
	if actor.Side() == models.SideBrand {
		if guards, err = h.Creators.LimitsOf(ctx, m.Creator.ID); err != nil {
			return err
		}
	}
	p := negotiationview.PresentAmendment(ctx, negotiationview.Amended{Amendable: m, Side: actor.Side()}, to, guards, f.answers(fields), h.Clock())
	p.Political = m.Political
	return h.showForm(c, status, f, p)
}

// otherRoleOfContract finds the other role in which the person may amend a contract.
func (h *Handlers) otherRoleOfContract(ctx context.Context, a models.Actor, brands []int64, publicID string) (deals.OtherRole, error) {
	return h.Deals.FindOtherRole(ctx, a, brands, "contracts", publicID)
}
