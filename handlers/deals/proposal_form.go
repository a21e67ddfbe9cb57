package deals

import (
	"fmt"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
)

// proposalForm is a proposal being written. Add, Remove and Count are the buttons that
// return the form instead of sending it.
type proposalForm struct {
	deals.ProposalForm
	Key    string `form:"key"`
	Add    string `form:"add"`
	Remove string `form:"remove"`
	Count  string `form:"count"`

	focus    string        // the field that gets the focus
	conflict *models.Error // why it could not be sent
}

// applyButtons applies Add and Remove, and says whether one of the three buttons was
// pressed.
func (f *proposalForm) applyButtons() bool {
	switch n, err := strconv.Atoi(f.Remove); {
	case f.Add != "":
		if len(f.Deliverables) < deals.MaxItems {
			f.Deliverables = append(f.Deliverables, deals.DeliverableForm{Count: "1"})
		}
		f.focus = fmt.Sprintf("deliverables[%d].content_type", len(f.Deliverables)-1)
	case f.Remove != "":
		if err == nil && n >= 1 && n <= len(f.Deliverables) && len(f.Deliverables) > 1 {
			f.Deliverables = append(f.Deliverables[:n-1], f.Deliverables[n:]...)
		}
		f.focus = fmt.Sprintf("deliverables[%d].content_type", max(0, min(n, len(f.Deliverables))-1))
	default:
		return f.Count != ""
	}
	return true
}

// reshowProposalForm shows the form again, for the creator of the URL.
func (h *Handlers) reshowProposalForm(c echo.Context, status int, f proposalForm, fields models.Fields) error {
	to, err := h.Creators.Listed(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return h.renderProposalForm(c, status, to, f, fields)
}

func (h *Handlers) renderProposalForm(c echo.Context, status int, to creators.CreatorSummary, f proposalForm, fields models.Fields) error {
	ctx := c.Request().Context()
	if len(f.Deliverables) == 0 {
		f.Deliverables = []deals.DeliverableForm{{Count: "1"}}
	}
	guards, err := h.Creators.LimitsOf(ctx, to.Creator.ID)
	if err != nil {
		return err
	}
	p := dealsview.PresentProposalForm(ctx, to, guards, dealsview.ProposalAnswers{
		ProposalForm: f.ProposalForm, Key: f.Key, Focus: f.focus, Fields: fields, Conflict: f.conflict,
	}, h.Clock())
	p.Unconfirmed = !isConfirmed(web.VisitorOf(c))
	v := web.Page{Status: status, Title: i18n.T(ctx, "deals.proposal.new.title", "creator", to.Creator.Name), Nav: layouts.NavProposals, Body: dealsview.ProposalForm(p)}
	if v.Fragment = dealsview.ProposalFormArea(p); f.Count == "aside" {
		v.Fragment = dealsview.ProposalAside(p)
	}
	return h.Render(c, v)
}

// fillDefaults fills in the defaults for the creator.
func (f *proposalForm) fillDefaults(to creators.CreatorSummary, locale string) {
	f.Currency, f.ExpiresDays, f.UsageDays = models.Currencies()[0], strconv.Itoa(deals.ExpiresDays), "0"
	if len(to.Prices) > 0 {
		f.Currency = to.Prices[0].Currency
	}
	f.Disclosure = deals.DefaultDisclosure(to.Creator.Country, locale)
}
