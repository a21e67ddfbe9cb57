package deals

import (
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/terms"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// Agreement is what a brand and a creator have agreed on in a negotiation.
type Agreement struct {
	NegotiationID int64
	Negotiation   string // its public id
	BrandID       int64
	CreatorID     int64
	Terms         terms.Terms
	Zones         Zones // frozen with the offer: each side's days end where it said
	// ContractRequired says that the work waits until both sides have signed a contract.
	ContractRequired bool
}

// Begin creates the deal that carries out an agreement, with its deliverables, and returns
// its public id. Where the terms repeat, BeginCycles begins those that follow.
func Begin(w *run.Work, a Agreement) (string, error) {
	d := dealRow{
		PublicID: models.NewPublicID(), NegotiationID: a.NegotiationID, Negotiation: a.Negotiation, Cycle: 1, BrandID: a.BrandID, CreatorID: a.CreatorID,
		Agreed: columnsOf(a.Terms), Zone: a.Zones.Zone, BrandZone: a.Zones.BrandZone, AgreedAt: w.Now, Version: 1,
	}
	if err := w.Create(&d).Error; err != nil {
		return "", err
	}
	first := Drafting
	if a.ContractRequired {
		first = Waiting
		err := w.AsSystem(func() error { return contracts.Begin(w, d.agreement(a.Terms), true) })
		if err != nil {
			return "", err
		}
	}
	rows := make([]deliverableRow, len(a.Terms.Deliverables))
	for i, x := range a.Terms.Deliverables {
		rows[i] = newDeliverableRow(w, d, x, first)
	}
	if err := w.Create(&rows).Error; err != nil {
		return "", err
	}
	return d.PublicID, beginRepetition(w, d, a.Terms)
}

// agreement is what a contract of the deal is about.
func (r dealRow) agreement(t terms.Terms) contracts.Agreement {
	return contracts.Agreement{
		DealID: r.ID, Deal: r.PublicID, NegotiationID: r.NegotiationID, BrandID: r.BrandID, CreatorID: r.CreatorID, Terms: t,
		Zone: r.Zone, BrandZone: r.BrandZone, AgreedAt: r.AgreedAt,
	}
}

func newDeliverableRow(w *run.Work, d dealRow, agreed terms.Deliverable, first State) deliverableRow {
	zone := d.zones().Of(models.SideCreator)
	x := deliverableRow{
		DealID: d.ID, Number: agreed.Number, ContentType: agreed.ContentType, Format: agreed.Format, Platform: agreed.Platform,
		DueOn: agreed.DueOn.String(), DueAt: agreed.DueOn.EndIn(zone), State: first, Version: 1, EnteredAt: w.Now,
	}
	deadline, remindAt := deliverables.FirstClock(first, workflow.Moments{Entered: w.Now, Agreed: x.dueDay(), Zone: zone})
	x.DeadlineAt, x.RemindAt = &deadline, remindAt
	return x
}

// ItemsOf are the deliverables of terms.
func ItemsOf(t terms.Terms) []Item {
	all := make([]Item, len(t.Deliverables))
	for i, x := range t.Deliverables {
		all[i] = Item{x.Number, x.ContentType, x.Format, x.Platform, x.DueOn, x.OtherType}
	}
	return all
}

// PublicIDOf is the public id of the first deal that a negotiation led to.
func PublicIDOf(w *run.Work, negotiationID int64) (id string, err error) {
	err = w.Model(&dealRow{}).Where("negotiation_id = ? AND cycle = 1", negotiationID).Pluck("public_id", &id).Error
	return id, err
}
