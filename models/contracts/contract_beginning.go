package contracts

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/terms"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// Agreement is what a contract is about: a deal with its terms.
type Agreement struct {
	DealID          int64
	Deal            string // its public id
	NegotiationID   int64
	BrandID         int64
	CreatorID       int64
	Terms           terms.Terms
	Zone, BrandZone string
	AgreedAt        time.Time
}

// Begin makes the contract of a deal, on behalf of the side of the work. Required says that
// the work of the deal waits until it is signed.
func Begin(w *run.Work, a Agreement, required bool) error {
	r := contractRow{
		Cycle: 1, PublicID: models.NewPublicID(), DealID: a.DealID, Deal: a.Deal, NegotiationID: a.NegotiationID, BrandID: a.BrandID, CreatorID: a.CreatorID,
		Required: required, Product: a.Terms.Product, Terms: a.Terms.Encode(), Zone: a.Zone, BrandZone: a.BrandZone, AgreedAt: a.AgreedAt,
	}
	return begin(w, r, run.Act{Action: ActionPrepare})
}

// begin writes a contract in its first state, by the action that begins it. Its document is made at once if both sides
// have said who they are, and else as soon as they have.
func begin(w *run.Work, r contractRow, by run.Act) error {
	err := w.Model(&contractRow{}).Where("deal_id = ?", r.DealID).Select("coalesce(max(number), 0) + 1").Scan(&r.Number).Error
	if err != nil {
		return err
	}
	r.State, r.Version, r.BegunAt, r.EnteredAt = Preparing, 1, w.Now, w.Now
	deadline, remindAt := contracts.FirstClock(r.State, workflow.Moments{Entered: w.Now, Zone: r.zoneOf(workflow.BothSides)})
	r.DeadlineAt, r.RemindAt = &deadline, remindAt
	if err := w.Create(&r).Error; err != nil {
		return err
	}
	if err := contracts.BeginBy(w, r.ID, r.subject().Root, by); err != nil {
		return err
	}
	return prepareIfNamed(w.Tx, r)
}
