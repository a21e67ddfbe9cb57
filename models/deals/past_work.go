package deals

import (
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/workflow/run"
)

// PastWork is a deal with one deliverable that was carried out without a change.
type PastWork struct {
	Agreement      Agreement
	Brand, Creator models.Actor
	Names          run.Names // of the brand and of the creator
	Member         string    // who acted for the brand
	Handle         string    // on the platform of the deliverable

	AgreedAt, DraftAt, ApprovedAt, PublishedAt, CompletedAt time.Time
	Address                                                 string
}

// AddPastWork writes many at once as Begin and Act would have left them, for worlds of
// examples, in which one by one would take minutes. It returns the lines of their
// histories, which are not written yet.
func AddPastWork(tx *db.Tx, all []PastWork) ([]run.Event, error) {
	deals, done := make([]dealRow, len(all)), make([]deliverableRow, len(all))
	for i, p := range all {
		a := p.Agreement
		deals[i] = dealRow{
			PublicID: models.NewPublicID(), NegotiationID: a.NegotiationID, Negotiation: a.Negotiation, Cycle: 1, BrandID: a.BrandID, CreatorID: a.CreatorID,
			Agreed: columnsOf(a.Terms), Zone: a.Zones.Zone, BrandZone: a.Zones.BrandZone, AgreedAt: p.AgreedAt, Version: 1,
		}
	}
	if err := CreateAll(tx.DB, deals); err != nil {
		return nil, err
	}
	for i, p := range all {
		row, err := completedDeliverable(p, deals[i])
		if err != nil {
			return nil, err
		}
		done[i] = row
	}
	if err := CreateAll(tx.DB, done); err != nil {
		return nil, err
	}
	var events []run.Event
	for i, p := range all {
		for n, step := range stepsOf(p, done[i].Proof != ByAddress) {
			events = append(events, p.event(done[i].ID, n+2, step))
		}
	}
	return events, nil
}

// pastBatchSize is how many rows one statement writes.
const pastBatchSize = 200

// CreateAll writes many rows.
func CreateAll[T any](tx *gorm.DB, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, pastBatchSize).Error
}

func completedDeliverable(p PastWork, d dealRow) (deliverableRow, error) {
	it := ItemsOf(p.Agreement.Terms)[0]
	at, err := ReadPublication(it.Platform, it.Format, p.Address, []string{creators.HandleKeyOf(p.Handle)})
	if err != nil {
		return deliverableRow{}, err
	}
	row := deliverableRow{
		DealID: d.ID, Number: it.Number, ContentType: it.ContentType, Format: it.Format, Platform: it.Platform, DueOn: it.DueOn.String(), DueAt: it.DueOn.EndIn(p.Agreement.Zones.Of(models.SideCreator)),
		State: Completed, Version: len(stepsOf(p, true)) + 1, EnteredAt: p.CompletedAt, PublishedURL: at.URL, Proof: ByBrand, PublishedAt: &p.PublishedAt, CompletedAt: &p.CompletedAt,
	}
	if at.Proven {
		row.Proof, row.Version = ByAddress, len(stepsOf(p, false))+1
	}
	if at.Key != "" {
		row.PostKey = &at.Key
	}
	return row, nil
}

// pastStep is one step of a deliverable.
type pastStep struct {
	at       time.Time
	side     models.Side
	action   Action
	from, to State
	url      string
}

// stepsOf are the steps of a deliverable; a publication that no URL proves is confirmed.
func stepsOf(p PastWork, claimed bool) []pastStep {
	steps := []pastStep{
		{p.DraftAt, models.SideCreator, ActionSubmitDraft, Drafting, Review, ""},
		{p.ApprovedAt, models.SideBrand, ActionApprove, Review, Approved, ""},
	}
	if claimed {
		return append(steps,
			pastStep{p.PublishedAt, models.SideCreator, ActionPublish, Approved, Claimed, p.Address},
			pastStep{p.PublishedAt.Add(p.CompletedAt.Sub(p.PublishedAt) / 2), models.SideBrand, ActionConfirm, Claimed, Published, ""},
			pastStep{p.CompletedAt, models.SideBrand, ActionComplete, Published, Completed, ""})
	}
	return append(steps,
		pastStep{p.PublishedAt, models.SideCreator, ActionPublish, Approved, Published, p.Address},
		pastStep{p.CompletedAt, models.SideBrand, ActionComplete, Published, Completed, ""})
}

func (p PastWork) event(deliverableID int64, version int, step pastStep) run.Event {
	root, who, names := rootOf(p.Agreement.NegotiationID), &p.Brand.PersonID, p.Names
	names.PersonName = p.Member
	if step.side == models.SideCreator {
		who, names.PersonName = &p.Creator.PersonID, p.Names.CreatorName
	}
	return run.Event{
		SubjectKind: DeliverableTable.Subject, SubjectID: deliverableID, RootKind: root.Kind, RootID: root.ID, At: step.at, Version: version, Side: step.side, PersonID: who,
		Action: step.action, FromState: string(step.from), ToState: string(step.to), URL: step.url, Names: names,
	}
}
