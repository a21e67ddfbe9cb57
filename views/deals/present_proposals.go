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

func ProposalRows(ctx context.Context, side models.Side, all []deals.Proposal, now time.Time) []ProposalRow {
	rows := make([]ProposalRow, len(all))
	for i, p := range all {
		other, state := OtherParty(side, p.Brand, p.Creator), StateNow(p.State, p.ExpiresAt, now)
		rows[i] = ProposalRow{
			Href: paths.Proposal(p.PublicID), Product: p.Terms.Product, Other: other.Name, Line: PartyLine(ctx, other), Avatar: PartyAvatar(other),
			State: ProposalState{Kind: proposalKind(state, side), Word: i18n.T(ctx, state.Key())}, When: i18n.Date(ctx, p.SentAt),
			Pieces: i18n.T(ctx, "deals.pieces.count", "n", len(p.Items)), Offered: i18n.Money(ctx, p.Terms.Worth()),
		}
		switch rule := deals.ProposalTable.Rule(state); {
		case !rule.Final():
			rows[i].When = i18n.T(ctx, "deals.proposal.until", "by", DeadlineText(ctx, p.ExpiresAt, now))
		case p.ClosedAt != nil:
			rows[i].When = i18n.Date(ctx, *p.ClosedAt)
		}
	}
	return rows
}

// proposalKind is how a state looks: marigold is for whoever has to act.
func proposalKind(s deals.ProposalState, side models.Side) string {
	switch rule := deals.ProposalTable.Rule(s); {
	case !rule.Final() && rule.Waits == side:
		return components.Turn
	case s == deals.Accepted:
		return components.Good
	case s == deals.Declined:
		return components.Bad
	}
	return components.Off
}

// stateNow is the state that counts: an open proposal whose time is over has
// expired, even if the sweep has yet to write it down.
func StateNow(s deals.ProposalState, expires, now time.Time) deals.ProposalState {
	if s == deals.Open && !now.Before(expires) {
		return deals.Expired
	}
	return s
}
