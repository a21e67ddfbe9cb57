package deals

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// joinKey is the session key of the secret of a proposal's link, which is kept until the
// page has shown it once.
func joinKey(proposal string) string { return "join." + proposal }

// listProposals lists the proposals that a creator received or a brand sent.
func (h *Handlers) listProposals(c echo.Context) error {
	f := deals.ProposalFilter{State: proposalState(c.QueryParam("state")), After: c.QueryParam("after")}
	page, err := h.Deals.ListProposals(c.Request().Context(), web.ActorOf(c), f)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	props := dealsview.PresentProposals(ctx, web.ActorOf(c).Side(), f, page, h.Clock())
	if f == (deals.ProposalFilter{}) {
		held, err := h.Deals.ListHeldProposals(ctx, web.ActorOf(c))
		if err != nil {
			return err
		}
		props.Held = dealsview.PresentHeldRows(ctx, held)
	}
	return h.Render(c, web.Page{Title: i18n.T(ctx, "layouts.proposals"), Nav: layouts.NavProposals, Body: dealsview.Proposals(props)})
}

// proposalState reads a tab; any other value means all proposals.
func proposalState(s string) deals.ProposalState {
	for _, state := range deals.ProposalTable.States() {
		if string(state) == s {
			return state
		}
	}
	return ""
}

// showProposal shows one proposal to its two sides.
func (h *Handlers) showProposal(c echo.Context) error {
	return h.offerOtherRole(c, h.renderProposal(c, 200, c.Param("id"), dealsview.Refusal{}), h.Deals.OtherRoleInProposal)
}

// statusOf is the HTTP status of a page with a refusal; 200 for none.
func statusOf(r dealsview.Refusal) int {
	switch {
	case r.Conflict != nil:
		return 409
	case len(r.Fields) > 0:
		return 422
	}
	return 200
}

func (h *Handlers) renderProposal(c echo.Context, status int, id string, r dealsview.Refusal) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	p, err := h.Deals.GetProposal(ctx, actor, id)
	if err != nil {
		return err
	}
	props := dealsview.PresentProposal(ctx, actor, p, r, h.Clock())
	if secret := h.Sessions.PopString(ctx, joinKey(id)); secret != "" {
		props.Join.Address = h.Site.BaseURL + paths.JoinPage(secret)
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "deals.proposal.title", "product", p.Terms.Product), Nav: layouts.NavProposals,
		Head: layouts.Head{NoIndex: true}, Body: withReadOnlyNotice(web.VisitorOf(c), dealsview.Proposal(props))})
}

// newProposal shows the form of a proposal to a creator.
func (h *Handlers) newProposal(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	to, err := h.Creators.Listed(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := h.Deals.CheckReachable(ctx, actor, to.Creator); err != nil {
		return err
	}
	f := proposalForm{Key: models.NewPublicID()}
	f.Deliverables = []deals.DeliverableForm{{Count: "1"}}
	f.fillDefaults(to, actor.Locale)
	return h.renderProposalForm(c, 200, to, f, nil)
}

// propose sends a proposal, or returns the form with a line more or less.
func (h *Handlers) propose(c echo.Context) error {
	var f proposalForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if f.applyButtons() {
		return h.reshowProposalForm(c, 200, f, nil)
	}
	ctx := c.Request().Context()
	f.ReadMoney = func(s, currency string) (models.Money, error) { return i18n.ParseMoney(ctx, s, currency) }
	sent, err := h.Deals.Propose(ctx, web.ActorOf(c), c.Param("id"), f.ProposalForm, f.Key)
	if fields, ok := web.InvalidFields(err); ok {
		return h.reshowProposalForm(c, 422, f, fields)
	}
	if conflict, ok := web.AsConflict(err); ok {
		// The person went back to the page and changed it: it is now a proposal of its
		// own.
		f.Key, f.conflict = models.NewPublicID(), conflict
		return h.reshowProposalForm(c, 409, f, nil)
	}
	if err != nil {
		return err
	}
	return h.redirectToSent(c, sent)
}
