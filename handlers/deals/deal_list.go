package deals

import (
	"context"
	"time"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// dealList is a page of a list of deals.
func dealList(ctx context.Context, side models.Side, f deals.DealFilter, page deals.DealPage, now time.Time) dealsview.DealsProps {
	status := string(f.Status)
	if f.Status == deals.AnyDeal {
		status = "all"
	}
	p := dealsview.DealsProps{
		Title: i18n.T(ctx, "layouts.deals"), Lead: i18n.T(ctx, "deals.list.lead"), Rows: dealRows(ctx, side, page.Deals, now),
		EmptyTitle: i18n.T(ctx, "deals.empty."+status), EmptyText: i18n.T(ctx, "deals.empty.text."+kindOfSide(side)),
		Find: side == models.SideBrand && f.Status != deals.Finished,
	}
	for _, tab := range []string{string(deals.Running), string(deals.Finished), "all"} {
		p.Tabs = append(p.Tabs, components.Tab{Href: web.ListPath(paths.Deals(), "status", tab, ""), Label: i18n.T(ctx, "deals.tab."+tab), Here: tab == status})
	}
	if page.Next != "" {
		p.Pager.Next = web.ListPath(paths.Deals(), "status", status, page.Next)
	}
	if f.After != "" {
		p.Pager.First = web.ListPath(paths.Deals(), "status", status, "")
	}
	return p
}

func kindOfSide(side models.Side) string {
	if side == models.SideBrand {
		return "brand"
	}
	return "creator"
}

func dealRows(ctx context.Context, side models.Side, all []deals.Deal, now time.Time) []dealsview.DealRow {
	rows := make([]dealsview.DealRow, len(all))
	for i, d := range all {
		other, state := dealsview.OtherParty(side, d.Brand, d.Creator), d.State()
		rows[i] = dealsview.DealRow{
			Href: paths.Deal(d.PublicID), Product: d.Terms.Product, Other: other.Name, Line: dealsview.PartyLine(ctx, other), Avatar: dealsview.PartyAvatar(other),
			StateKind: dealKind(d, side, now), State: i18n.T(ctx, state.Key()), Worth: i18n.Money(ctx, d.Terms.Worth()),
			Done: i18n.T(ctx, "deals.done", "done", len(d.Deliverables)-unfinished(d), "n", len(d.Deliverables)),
		}
		first := mostUrgent(d, side, refusal{}, now)
		if first < 0 || state.Final() {
			continue
		}
		x := d.Deliverables[first]
		rows[i].Next = i18n.T(ctx, "deals.next_due", "piece", dealsview.DeliverableName(ctx, x.Item), "todo", i18n.T(ctx, x.State.TodoKey(), "brand", d.Brand.Name, "creator", d.Creator.Name))
		rows[i].By = untilLine(ctx, d, x, side, now)
	}
	return rows
}

// dealKind is how a deal's state looks: marigold where something waits for the side.
func dealKind(d deals.Deal, side models.Side, now time.Time) string {
	switch {
	case !d.State().Final() && waitsFor(d, side, now) > 0:
		return components.Turn
	case d.State() == deals.DealCompleted:
		return components.Good
	case d.State() == deals.DealObjected:
		return components.Bad
	}
	return components.Off
}
