package contracts

import (
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/workflow/run"
)

// LockContracts locks the contracts of a negotiation's deals until the transaction ends. Verbs
// that end a deal do so before they lock the deal itself.
func LockContracts(w *run.Work, negotiationID int64) error {
	var ids []int64
	return w.Model(&contractRow{}).Clauses(clause.Locking{Strength: "UPDATE"}).Where("negotiation_id = ?", negotiationID).Order("id").Pluck("id", &ids).Error
}

// IsWorkOpen answers SignedGate for a deal: whether no contract that its work waits for is
// still to be signed.
func IsWorkOpen(w *run.Work, dealID int64) (bool, error) {
	var n int64
	err := w.Model(&contractRow{}).Where("deal_id = ? AND required AND amends_id IS NULL AND signed_at IS NULL", dealID).Count(&n).Error
	return n == 0, err
}

// TimeShut is for how long the work of a deal had to wait for its contract, without the time
// in which only the creator kept it waiting.
func TimeShut(w *run.Work, dealID int64) (time.Duration, error) {
	var r contractRow
	if err := w.Where("deal_id = ? AND required AND amends_id IS NULL", dealID).Take(&r).Error; err != nil || r.SignedAt == nil || r.ReadyAt == nil {
		return 0, err
	}
	delay := time.Duration(r.CreatorDelay) * time.Second
	var signed []signatureRow
	if err := w.Where("contract_id = ?", r.ID).Find(&signed).Error; err != nil {
		return 0, err
	}
	waitedFrom, creatorSigned := *r.ReadyAt, *r.ReadyAt
	for _, x := range signed {
		if x.Side == models.SideCreator {
			creatorSigned = x.SignedAt
		} else {
			waitedFrom = x.SignedAt
		}
	}
	delay += max(0, creatorSigned.Sub(waitedFrom))
	return max(0, r.SignedAt.Sub(r.BegunAt)-delay), nil
}

// CancelOpen voids the contract of a negotiation whose deal ends for another reason.
func CancelOpen(w *run.Work, negotiationID int64) error {
	var open []contractRow
	if err := w.Where("negotiation_id = ? AND signed_at IS NULL AND closed_at IS NULL", negotiationID).Find(&open).Error; err != nil {
		return err
	}
	for _, r := range open {
		subject := r.subject()
		if err := w.AsSystem(func() error { _, err := contracts.Do(w, &subject, run.Act{Action: ActionCancel}); return err }); err != nil {
			return err
		}
	}
	return nil
}

// HasContract says whether a deal has a contract that is signed or can be. One that was
// declined or void may be asked for again.
func HasContract(w *run.Work, dealID int64) (bool, error) {
	var n int64
	err := w.Model(&contractRow{}).Where("deal_id = ? AND (signed_at IS NOT NULL OR closed_at IS NULL)", dealID).Count(&n).Error
	return n > 0, err
}
