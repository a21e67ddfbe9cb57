package deals

import (
	"context"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// End ends the running deal; field of the form: reason. Whatever is not
// completed ends with it.
func (s *Store) End(ctx context.Context, a models.Actor, deal, reason string) error {
	return s.end(ctx, a, deal, ActionEnd, endedWithReason, reason)
}

// EndLate ends the deal because the other side is late; the reason may be empty.
func (s *Store) EndLate(ctx context.Context, a models.Actor, deal, reason string) error {
	return s.end(ctx, a, deal, ActionEndLate, endedLate, reason)
}

func (s *Store) end(ctx context.Context, a models.Actor, deal string, action Action, kind, reason string) error {
	return s.do(ctx, a, func(w *work) error {
		d, err := w.lockDeal(a, deal)
		if err != nil {
			return err
		}
		if reason, err = needed(action, reason); err != nil {
			return err
		}
		if d.EndedAt != nil {
			if *d.EndedBy != w.side || d.EndKind != kind || d.EndReason != reason {
				return errChanged()
			}
			return nil
		}
		var all []deliverableRow
		if err := w.Where("deal_id = ?", d.ID).Order("number").Find(&all).Error; err != nil {
			return err
		}
		states, may := make([]State, len(all)), false
		for i := range all {
			if err := w.settle(d, &all[i]); err != nil {
				return err
			}
			states[i] = all[i].State
			_, ok := DeliverableTable.Next(all[i].State, action, w.side, lateness(all[i], w)...)
			may = may || ok
		}
		from := StateOfDeal(false, states)
		switch {
		case may:
			return w.finish(d, action, from, kind, reason)
		case action == ActionEndLate && !from.Final():
			w.verdict = models.Conflict("deals.error.not_late")
		default:
			w.verdict = errChanged()
		}
		return nil
	})
}

func lateness(x deliverableRow, w *work) []workflow.Condition {
	if x.late(w.now) {
		return []workflow.Condition{workflow.Late}
	}
	return nil
}

// finish ends the deal and all of it that is not completed. An address that
// was only claimed is free again.
func (w *work) finish(d dealRow, action Action, from DealState, kind, reason string) error {
	err := changed(w.Model(&dealRow{}).Where("id = ? AND ended_at IS NULL AND version = ?", d.ID, d.Version).
		Updates(map[string]any{"ended_at": w.now, "ended_by": w.side, "end_kind": kind, "end_reason": reason, "version": d.Version + 1}))
	if err != nil {
		return err
	}
	err = w.Model(&deliverableRow{}).Where("deal_id = ? AND state <> ?", d.ID, Completed).
		Updates(map[string]any{
			"state": Ended, "version": gorm.Expr("version + 1"), "entered_at": w.now, "deadline_at": nil, "remind_at": nil,
			"post_key": gorm.Expr("CASE WHEN proof = '' THEN NULL ELSE post_key END"),
		}).Error
	if err != nil {
		return err
	}
	return w.record(eventRow{
		ProposalID: d.ProposalID, DealID: &d.ID, Version: d.Version + 1, Action: action,
		FromState: string(from), ToState: string(DealEnded), Note: reason,
	})
}
