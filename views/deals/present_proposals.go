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

// PresentProposals presents a page of the list of what a creator received or a brand
// sent.
func PresentProposals(ctx context.Context, side models.Side, f deals.ProposalFilter, page deals.ProposalPage, now time.Time) ProposalsProps {
	p := ProposalsProps{Brand: side == models.SideBrand, Rows: ProposalRows(ctx, side, page.Proposals, now)}
	kind := kindOfSide(side)
	p.Title, p.Lead = i18n.T(ctx, "deals.proposal.list.title."+kind), i18n.T(ctx, "deals.proposal.list.lead."+kind)
	p.Tabs = append(p.Tabs, components.Tab{Href: paths.Proposals(), Label: i18n.T(ctx, "deals.proposal.tab.all"), Here: f.State == ""})
	for _, s := range deals.ProposalTable.States() {
		p.Tabs = append(p.Tabs, components.Tab{Href: paths.List(paths.Proposals(), "state", string(s), ""), Label: i18n.T(ctx, s.Key()), Here: f.State == s})
	}
	if page.Next != "" {
		p.Pager.Next = paths.List(paths.Proposals(), "state", string(f.State), page.Next)
	}
	if f.After != "" {
		p.Pager.First = paths.List(paths.Proposals(), "state", string(f.State), "")
	}
	switch {
	case f.State != "":
		p.EmptyTitle, p.EmptyText = i18n.T(ctx, "deals.proposal.empty.state"), i18n.T(ctx, "deals.proposal.empty.state.text")
	default:
		p.EmptyTitle, p.EmptyText, p.Find = i18n.T(ctx, "deals.proposal.empty."+kind), i18n.T(ctx, "deals.proposal.empty."+kind+".text"), p.Brand
	}
	return p
}

// ProposalRows presents proposals as rows of a table.
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

// proposalKind is the style of a state: marigold for the side that has to act.
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

// StateNow is the effective state: an open proposal whose time is over has expired, even
// if the sweep has not recorded it yet.
func StateNow(s deals.ProposalState, expires, now time.Time) deals.ProposalState {
	if s == deals.Open && !now.Before(expires) {
		return deals.Expired
	}
	return s
}
