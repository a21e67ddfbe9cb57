package negotiation

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// PresentList presents a page of the list of a side's negotiations.
func PresentList(ctx context.Context, side models.Side, f negotiation.Filter, page negotiation.Page, now time.Time) ListProps {
	p := ListProps{Brand: side == models.SideBrand, Rows: Rows(ctx, side, page.Negotiations, now)}
	kind := dealsview.KindOfSide(side)
	p.Title, p.Lead = i18n.T(ctx, "negotiation.list.title."+kind), i18n.T(ctx, "negotiation.list.lead."+kind)
	p.Tabs = append(p.Tabs, components.Tab{Href: paths.Negotiations(), Label: i18n.T(ctx, "negotiation.tab.all"), Here: f.State == ""})
	for _, s := range negotiation.Table.States() {
		p.Tabs = append(p.Tabs, components.Tab{Href: paths.List(paths.Negotiations(), "state", string(s), ""), Label: i18n.T(ctx, s.Key()), Here: f.State == s})
	}
	if page.Next != "" {
		p.Pager.Next = paths.List(paths.Negotiations(), "state", string(f.State), page.Next)
	}
	if f.After != "" {
		p.Pager.First = paths.List(paths.Negotiations(), "state", string(f.State), "")
	}
	switch {
	case f.State != "":
		p.EmptyTitle, p.EmptyText = i18n.T(ctx, "negotiation.empty.state"), i18n.T(ctx, "negotiation.empty.state.text")
	default:
		p.EmptyTitle, p.EmptyText, p.Find = i18n.T(ctx, "negotiation.empty."+kind), i18n.T(ctx, "negotiation.empty."+kind+".text"), p.Brand
	}
	return p
}

// Rows presents negotiations as rows of a table.
func Rows(ctx context.Context, side models.Side, all []negotiation.Negotiation, now time.Time) []Row {
	rows := make([]Row, len(all))
	for i, n := range all {
		other, state, t := dealsview.OtherParty(side, n.Brand, n.Creator), StateNow(n.State, n.ExpiresAt, now), n.Latest.Terms
		rows[i] = Row{
			Href: paths.Negotiation(n.PublicID), Product: t.Product, Other: other.Name, Line: dealsview.PartyLine(ctx, other), Avatar: dealsview.PartyAvatar(other),
			State: RowState{Kind: stateKind(state, side), Word: i18n.T(ctx, state.Key())}, When: i18n.Date(ctx, n.BegunAt),
			Pieces: i18n.T(ctx, "deals.pieces.count", "n", len(t.Deliverables)), Offered: termsview.Reward(ctx, t), Pitch: presentPitchMark(ctx, n),
		}
		switch {
		case state.IsOpen():
			rows[i].When = i18n.T(ctx, "negotiation.until", "by", dealsview.DeadlineText(ctx, n.ExpiresAt, now))
		case n.ClosedAt != nil:
			rows[i].When = i18n.Date(ctx, *n.ClosedAt)
		}
	}
	return rows
}

// stateKind is the style of a state: marigold for the side that has to act.
func stateKind(s negotiation.State, side models.Side) string {
	switch {
	case s.IsOpen() && negotiation.Table.Rule(s).Waits == side:
		return components.Turn
	case s == negotiation.Agreed:
		return components.Good
	case s == negotiation.Declined:
		return components.Bad
	}
	return components.Off
}
