package deals

import (
	"context"
	"slices"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/models/moderation"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// PresentDeal presents a deal to the actor's side, with what is wrong with a refused
// action.
func PresentDeal(ctx context.Context, a models.Actor, d deals.Deal, r Refusal, now time.Time) DealProps {
	side := deals.PartyOf(a, d.Brand.ID, d.Creator.ID)
	other := OtherParty(side, d.Brand, d.Creator)
	party := PresentParty(ctx, side, other)
	p := DealProps{
		ID: d.PublicID, Product: d.Terms.Product, Other: other.Name, OtherRef: party.Href, Party: party,
		Agreed: i18n.T(ctx, "deals.agreed", "on", i18n.Date(ctx, d.AgreedAt)), Negotiation: paths.Negotiation(d.Negotiation),
		Refused: PresentRefusal(ctx, r, d.Events, d.Brand, d.Creator, paths.Deal(d.PublicID)),
		Stages:  dealStages(ctx, d), Clauses: append(NoteDefinition(ctx, PresentClauses(ctx, d.Terms), d.Terms, terms.MetricDefinitionOn(models.DateOf(now.In(models.Zone(d.Zone))))), ZoneClause(ctx, d.Creator, d.Brand, d.Zone, d.BrandZone)), Money: PresentMoney(ctx, d.Terms),
		Done:     i18n.T(ctx, "deals.done", "done", len(d.Deliverables)-unfinishedCount(d), "n", len(d.Deliverables)),
		Endings:  presentEndings(ctx, a, d, r, now),
		Moderate: components.ModerationMenu{Report: paths.NewReport(string(moderation.Deal), d.PublicID)},
	}
	if other.Suspended && !d.State().Final() && !d.IsHeld() {
		p.Suspended = i18n.T(ctx, "moderation.deal.suspended", "name", other.Name)
	}
	if d.State().Final() && deals.ActsAs(a, d.Brand.ID, d.Creator.ID) == models.SideBrand {
		p.Again = ProposeAgain(ctx, d.Creator.PublicID, d.Negotiation)
	}
	prefix := "end-"
	switch {
	case r.Number > 0:
		prefix = fieldPrefix(r.Number)
	case r.Action == deals.ActionGiveNotice:
		prefix = NoticePrefix
	}
	p.Problems = components.FieldProblems(ctx, r.Fields, prefix, ActionLabels(ctx))
	first := mostUrgentDeliverable(d, side, r, now)
	for i, x := range d.Deliverables {
		p.Pieces = append(p.Pieces, presentDeliverable(ctx, a, d, x, r, now, i == first))
	}
	p.Contract, p.Cycles = presentContract(ctx, a, d, now), presentCycles(ctx, a, d, r, now)
	if d.Cycle > 1 {
		p.Agreed = i18n.T(ctx, "deals.cycles.began", "on", i18n.Date(ctx, d.AgreedAt))
	}
	p.Turn = presentTurn(ctx, a, d, first, r, now)
	p.History = append(upcomingDeadlines(ctx, d, now), PresentHistory(ctx, d.Events, dealItems(d), d.Brand, d.Creator, !d.State().Final())...)
	return p
}

// ProposeAgain leads to the last look at another offer with the terms of a negotiation.
func ProposeAgain(ctx context.Context, creator, negotiation string) ActionForm {
	return ActionForm{
		Path: paths.CreatorNegotiations(creator), Carries: []components.Hidden{{Name: "again", Value: negotiation}},
		Button: components.Button{Label: i18n.T(ctx, "negotiation.again")},
	}
}

func dealItems(d deals.Deal) []deals.Item {
	items := make([]deals.Item, len(d.Deliverables))
	for i, x := range d.Deliverables {
		items[i] = x.Item
	}
	return items
}

// dealStages are the stages of a deal; an ended deal has none.
func dealStages(ctx context.Context, d deals.Deal) []components.Stage {
	here := d.State()
	if here == deals.DealEnded {
		return nil
	}
	if here == deals.DealObjected {
		here = deals.DealPublished
	}
	waits := slices.ContainsFunc(d.Deliverables, func(x deals.Deliverable) bool { return x.State == deals.Waiting })
	way := []deals.DealState{deals.DealProduction, deals.DealPublication, deals.DealPublished, deals.DealCompleted}
	at := slices.Index(way, here)
	all := []components.Stage{{Name: i18n.T(ctx, "deals.stage.proposed"), Done: true}, {Name: i18n.T(ctx, "deals.stage.agreed"), Done: true}}
	needed := func(v contracts.Version) bool { return v.Required }
	if waits || d.Contract != nil && d.Contract.Required || slices.ContainsFunc(d.Versions, needed) {
		all = append(all, components.Stage{Name: i18n.T(ctx, "contracts.one"), Done: !waits, Here: waits})
	}
	for i, s := range way {
		final := s.Final() && i == at
		all = append(all, components.Stage{Name: i18n.T(ctx, "deals.stage."+string(s)), Done: i < at || final, Here: i == at && !final && !waits})
	}
	return all
}

// upcomingDeadlines are the deadlines still to come, latest first.
func upcomingDeadlines(ctx context.Context, d deals.Deal, now time.Time) []components.Event {
	var all []deals.Deliverable
	var awaited *contracts.Contract
	if d.IsHeld() {
		return nil
	}
	for _, x := range d.Deliverables {
		if c := openContract(d, x); c != nil { // its deadline comes before theirs
			awaited = c
			continue
		}
		if x.DeadlineAt != nil && now.Before(x.DueNow()) {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(x, y deals.Deliverable) int { return y.DueNow().Compare(x.DueNow()) })
	events := make([]components.Event, 0, len(all)+1)
	for _, x := range all {
		who := d.Brand.Name
		if x.Waits() == models.SideCreator {
			who = d.Creator.Name
		}
		events = append(events, components.Event{
			Kind: components.Next, At: i18n.Date(ctx, x.DueNow().Add(-time.Minute)), DateTime: x.DueNow().Format(time.RFC3339),
			Title: i18n.T(ctx, "deals.next_due", "piece", DeliverableName(ctx, x.Item), "todo", i18n.T(ctx, x.State.TodoKey(), "brand", d.Brand.Name, "creator", d.Creator.Name), "who", who),
		})
	}
	if awaited != nil && now.Before(*awaited.DeadlineAt) {
		events = append(events, components.Event{
			Kind: components.Next, At: i18n.Date(ctx, awaited.DeadlineAt.Add(-time.Minute)), DateTime: awaited.DeadlineAt.Format(time.RFC3339),
			Title: i18n.T(ctx, "deals.next_due", "piece", i18n.T(ctx, "contracts.one"), "todo", i18n.T(ctx, contracts.Table.TodoKey(awaited.State))),
		})
	}
	return events
}

// ZoneClause says in which time zone each side's days end.
func ZoneClause(ctx context.Context, creator, brand deals.Party, zone, brandZone string) Clause {
	c := Clause{Name: i18n.T(ctx, "deals.zone.name"), Text: i18n.T(ctx, "deals.zone", "zone", ZoneName(ctx, zone))}
	if brandZone != zone {
		c.Text = i18n.T(ctx, "deals.zone.both", "creator", creator.Name, "brand", brand.Name, "zone", ZoneName(ctx, zone), "brand_zone", ZoneName(ctx, brandZone))
	}
	return c
}
