package deals

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// PresentJoinPage presents the page of a proposal's link to the actor with this name;
// canSignIn says whether people can sign in with the creator's platform here.
func PresentJoinPage(ctx context.Context, a models.Actor, name string, inv deals.Invitation, canSignIn bool, now time.Time) JoinPageProps {
	p := joinPage(ctx, inv, canSignIn, now)
	switch deals.PartyOf(a, inv.Brand.ID, inv.Creator.ID) {
	case models.SideCreator:
		p.Open, p.Closed = paths.Proposal(inv.Proposal), true
	case models.SideBrand:
		p.Own = true
	default:
		if a.SignedIn() {
			p.Elsewise = i18n.T(ctx, "deals.proposal.join.other.text", "name", name, "account", p.Account)
		}
	}
	return p
}

// joinPage is the page for a visitor who is not signed in.
func joinPage(ctx context.Context, inv deals.Invitation, canSignIn bool, now time.Time) JoinPageProps {
	p := JoinPageProps{
		Next: paths.Proposal(inv.Proposal), Account: "@" + inv.Creator.Handle, Closed: !inv.Waiting(now),
		Title: i18n.T(ctx, "deals.proposal.join.title", "brand", inv.Brand.Name),
		Clauses: []Clause{
			{Name: i18n.T(ctx, "deals.brand"), Text: inv.Brand.Name},
			{Name: i18n.T(ctx, "deals.product"), Text: inv.Product},
			{Name: i18n.T(ctx, "deals.pieces"), Text: i18n.T(ctx, "deals.pieces.count", "n", inv.Items)},
		},
	}
	platform := i18n.T(ctx, "deals.platform."+inv.Creator.Platform)
	if p.Closed {
		p.Turn = closedCard(ctx, StateNow(inv.State, inv.ExpiresAt, now), inv.ExpiresAt, inv.Brand, inv.Creator)
		return p
	}
	p.Turn = components.TurnCard{
		Who:       i18n.T(ctx, "deals.proposal.join.for", "account", p.Account),
		Title:     i18n.T(ctx, "deals.turn.open.mine", "other", inv.Brand.Name, "by", DeadlineText(ctx, inv.ExpiresAt, now)),
		Otherwise: i18n.T(ctx, deals.Open.OtherwiseKey(), "deadline", DeadlineText(ctx, inv.ExpiresAt, now)), Gone: -1,
	}
	if canSignIn {
		p.Provider = inv.Creator.Platform
		p.SignIn = i18n.T(ctx, "deals.proposal.join.sign_in", "platform", platform, "account", p.Account)
	} else {
		p.Turn.Otherwise = i18n.T(ctx, "deals.proposal.join.no_sign_in", "platform", platform)
	}
	return p
}
