package contracts

import (
	"gorm.io/gorm/clause"

	"tribemarket/models/workflow/run"
)

// LockContractsOf locks the contracts of a party that can still be signed until the
// transaction ends; whoever locks its deals too does so before.
func LockContractsOf(w *run.Work, p Party) error {
	var ids []int64
	return w.Model(&contractRow{}).Clauses(clause.Locking{Strength: "UPDATE"}).Where(p.Column()+" = ? AND signed_at IS NULL AND closed_at IS NULL", p.ID).Order("id").Pluck("id", &ids).Error
}

// HoldClocks stops the clocks of the contracts of a deal that can still be signed, amendments
// included. What was overdue before happens first.
func HoldClocks(w *run.Work, dealID int64, reason string) error {
	return eachOpen(w, dealID, func(s *run.Subject[State]) error {
		if err := contracts.ApplyOverdueDefault(w, s); err != nil || !s.State.IsOpen() {
			return err
		}
		return contracts.Hold(w, s, reason)
	})
}

// ReleaseClocks starts them again; the time for which they were stopped is added.
func ReleaseClocks(w *run.Work, dealID int64) error {
	return eachOpen(w, dealID, func(s *run.Subject[State]) error { return contracts.Release(w, s) })
}

func eachOpen(w *run.Work, dealID int64, do func(*run.Subject[State]) error) error {
	var open []contractRow
	if err := w.Where("deal_id = ? AND signed_at IS NULL AND closed_at IS NULL", dealID).Order("id").Find(&open).Error; err != nil {
		return err
	}
	for _, r := range open {
		s := r.subject()
		if err := do(&s); err != nil {
			return err
		}
	}
	return nil
}
