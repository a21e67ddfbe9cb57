package deals

import (
	"cmp"
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	"tribemarket/views/paths"
	termsview "tribemarket/views/terms"
)

// PresentDeals presents a page of the list of a side's deals.
func PresentDeals(ctx context.Context, side models.Side, f deals.DealFilter, page deals.DealPage, now time.Time) DealsProps {
	status := string(f.Status)
	if f.Status == deals.AnyDeal {
		status = "all"
	}
	p := DealsProps{
		Title: i18n.T(ctx, "layouts.deals"), Lead: i18n.T(ctx, "deals.list.lead"), Rows: dealRows(ctx, side, page.Deals, now),
		EmptyTitle: i18n.T(ctx, "deals.empty."+status), EmptyText: i18n.T(ctx, "deals.empty.text."+KindOfSide(side)),
		Find: side == models.SideBrand && f.Status != deals.Finished,
	}
	for _, tab := range []string{string(deals.Running), string(deals.Finished), "all"} {
		p.Tabs = append(p.Tabs, components.Tab{Href: paths.List(paths.Deals(), "status", tab, ""), Label: i18n.T(ctx, "deals.tab."+tab), Here: tab == status})
	}
	if page.Next != "" {
		p.Pager.Next = paths.List(paths.Deals(), "status", status, page.Next)
	}
	if f.After != "" {
		p.Pager.First = paths.List(paths.Deals(), "status", status, "")
	}
	return p
}

// KindOfSide is the kind of a party that a side is, as pages name it.
func KindOfSide(side models.Side) string {
	if side == models.SideBrand {
		return "brand"
	}
	return "creator"
}

// dealRows presents deals as rows, each with its next step.
func dealRows(ctx context.Context, side models.Side, all []deals.Deal, now time.Time) []DealRow {
	rows := make([]DealRow, len(all))
	for i, d := range all {
		other, state := OtherParty(side, d.Brand, d.Creator), d.State()
		rows[i] = DealRow{
			Href: paths.Deal(d.PublicID), Product: d.Terms.Product, Other: other.Name, Line: PartyLine(ctx, other), Avatar: PartyAvatar(other),
			StateKind: dealKind(d, side, now), State: i18n.T(ctx, state.Key()), Worth: termsview.Reward(ctx, d.Terms),
			Done: i18n.T(ctx, "deals.done", "done", len(d.Deliverables)-unfinishedCount(d), "n", len(d.Deliverables)),
		}
		if d.Cycle > 1 || d.Terms.Repeats() {
			rows[i].Cycle = CycleName(ctx, d.Cycle, max(cmp.Or(d.LastCycle, d.Terms.Cycles()), d.Cycle))
		}
		first := mostUrgentDeliverable(d, side, Refusal{}, now)
		if first < 0 || state.Final() {
			continue
		}
		x := d.Deliverables[first]
		rows[i].Next = i18n.T(ctx, "deals.next_due", "piece", DeliverableName(ctx, x.Item), "todo", i18n.T(ctx, x.State.TodoKey(), "brand", d.Brand.Name, "creator", d.Creator.Name))
		rows[i].By = waitingLine(ctx, d, x, side, now)
	}
	return rows
}

// dealKind is the style of a deal's state: marigold if something waits for the side.
func dealKind(d deals.Deal, side models.Side, now time.Time) string {
	switch {
	case !d.State().Final() && waitingCount(d, side, now) > 0:
		return components.Turn
	case d.State() == deals.DealCompleted:
		return components.Good
	case d.State() == deals.DealObjected:
		return components.Bad
	}
	return components.Off
}
