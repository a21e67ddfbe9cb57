package deals

import (
	"context"
	"slices"
	"time"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// dealProps is a deal as the actor's side sees it.
func (h *Handlers) dealProps(ctx context.Context, a models.Actor, d deals.Deal, r refusal) dealsview.DealProps {
	now, side := h.Clock(), deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	other := dealsview.OtherParty(side, d.Brand, d.Creator)
	party := dealsview.PresentParty(ctx, side, other)
	p := dealsview.DealProps{
		ID: d.PublicID, Product: d.Terms.Product, Other: other.Name, OtherRef: party.Href, Party: party,
		Agreed: i18n.T(ctx, "deals.agreed", "on", i18n.Date(ctx, d.AgreedAt)), Proposal: paths.Proposal(d.Proposal),
		Refused: refused(ctx, r, d.Events, d.Brand, d.Creator, paths.Deal(d.PublicID)),
		Stages:  stages(ctx, d), Clauses: append(dealsview.PresentClauses(ctx, d.Terms, d.Category), zoneClause(ctx, d)), Money: dealsview.PresentMoney(ctx, d.Terms, len(d.Deliverables)),
		Done:     i18n.T(ctx, "deals.done", "done", len(d.Deliverables)-unfinished(d), "n", len(d.Deliverables)),
		Endings:  endings(ctx, a, d, r, now),
		Moderate: components.Moderate{Report: paths.NewReport(string(moderation.Deal), d.PublicID)},
	}
	if other.Suspended && !d.State().Final() {
		p.Suspended = i18n.T(ctx, "moderation.deal.suspended", "name", other.Name)
	}
	prefix := "end-"
	if r.Number > 0 {
		prefix = piecePrefix(r.Number)
	}
	p.Problems = web.FieldProblems(ctx, r.Fields, prefix)
	first := mostUrgent(d, side, r, now)
	for i, x := range d.Deliverables {
		p.Pieces = append(p.Pieces, piece(ctx, a, d, x, r, now, i == first))
	}
	p.Turn = dealTurn(ctx, a, d, first, r, now)
	p.History = append(upcoming(ctx, d, now), dealsview.PresentHistory(ctx, d.Events, itemsOf(d), d.Brand, d.Creator, !d.State().Final())...)
	return p
}

func itemsOf(d deals.Deal) []deals.Item {
	items := make([]deals.Item, len(d.Deliverables))
	for i, x := range d.Deliverables {
		items[i] = x.Item
	}
	return items
}

// stages is the way that a deal goes; one that has ended goes nowhere.
func stages(ctx context.Context, d deals.Deal) []components.Stage {
	here := d.State()
	if here == deals.DealEnded {
		return nil
	}
	if here == deals.DealObjected {
		here = deals.DealPublished
	}
	way := []deals.DealState{deals.DealProduction, deals.DealPublication, deals.DealPublished, deals.DealCompleted}
	at := slices.Index(way, here)
	all := []components.Stage{{Name: i18n.T(ctx, "deals.stage.proposed"), Done: true}, {Name: i18n.T(ctx, "deals.stage.agreed"), Done: true}}
	for i, s := range way {
		final := s.Final() && i == at
		all = append(all, components.Stage{Name: i18n.T(ctx, "deals.stage."+string(s)), Done: i < at || final, Here: i == at && !final})
	}
	return all
}

// upcoming is what is still to come, the farthest first.
func upcoming(ctx context.Context, d deals.Deal, now time.Time) []components.Event {
	var all []deals.Deliverable
	for _, x := range d.Deliverables {
		if x.DeadlineAt != nil && now.Before(x.DueNow()) {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(x, y deals.Deliverable) int { return y.DueNow().Compare(x.DueNow()) })
	events := make([]components.Event, len(all))
	for i, x := range all {
		who := d.Brand.Name
		if x.Waits() == models.SideCreator {
			who = d.Creator.Name
		}
		events[i] = components.Event{
			Kind: components.Next, At: i18n.Date(ctx, x.DueNow().Add(-time.Minute)), DateTime: x.DueNow().Format(time.RFC3339),
			Title: i18n.T(ctx, "deals.next_due", "piece", dealsview.DeliverableName(ctx, x.Item), "todo", i18n.T(ctx, x.State.TodoKey(), "brand", d.Brand.Name, "creator", d.Creator.Name), "who", who),
		}
	}
	return events
}

// zoneClause says where a day ends for each side.
func zoneClause(ctx context.Context, d deals.Deal) dealsview.Clause {
	c := dealsview.Clause{Name: i18n.T(ctx, "deals.zone.name"), Text: i18n.T(ctx, "deals.zone", "zone", dealsview.ZoneName(ctx, d.Zone))}
	if d.BrandZone != d.Zone {
		c.Text = i18n.T(ctx, "deals.zone.both", "creator", d.Creator.Name, "brand", d.Brand.Name, "zone", dealsview.ZoneName(ctx, d.Zone), "brand_zone", dealsview.ZoneName(ctx, d.BrandZone))
	}
	return c
}
