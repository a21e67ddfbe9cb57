package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// End ends the running deal for a reason, which is required; errors name the field
// "reason". Every deliverable that is not completed ends with it.
func (s *Store) End(ctx context.Context, a models.Actor, deal, reason string) error {
	return s.endWith(ctx, a, deal, ActionEnd, endedWithReason, reason)
}

// EndLate ends the deal because the other side is late; the reason may be empty.
func (s *Store) EndLate(ctx context.Context, a models.Actor, deal, reason string) error {
	return s.endWith(ctx, a, deal, ActionEndLate, endedLate, reason)
}

// EndAway ends the deal without fault, because the other side has not been able to act for as
// long as the deal was held.
func (s *Store) EndAway(ctx context.Context, a models.Actor, deal string) error {
	return s.endWith(ctx, a, deal, ActionEndAway, endedAway, "")
}

func (s *Store) endWith(ctx context.Context, a models.Actor, deal string, action Action, kind, reason string) error {
	return s.do(ctx, a, func(w *work) error {
		if err := lockContracts(w.Work, deal); err != nil {
			return err
		}
		d, err := w.lockDeal(a, deal)
		if err != nil {
			return err
		}
		act, wrong := ReadFields(DeliverableTable.Describe(action), Answers{"reason": reason})
		if err := wrong.Err(); err != nil {
			return err
		}
		if d.EndedAt != nil {
			if *d.EndedBy != w.Side || d.EndKind != kind || d.EndReason != act.Note {
				return errChanged()
			}
			return nil
		}
		if act.Holds, err = w.partingConditions(d); err != nil {
			return err
		}
		open, states, err := w.overdueApplied(d)
		if err != nil {
			return err
		}
		may := false
		for i := range open {
			allowed, err := deliverables.Allows(w.Work, &open[i], action, act.Holds...)
			if err != nil {
				return err
			}
			may = may || allowed
		}
		from := StateOfDeal(false, states)
		switch {
		case may:
			if err := cancelOpenContract(w.Work, d); err != nil {
				return err
			}
			return w.endDeal(d, open, act, from, kind)
		case action == ActionEndAway && !from.Final():
			w.Refuse(models.Conflict("deals.error.not_away"))
		case action == ActionEndLate && !from.Final():
			w.Refuse(models.Conflict("deals.error.not_late"))
		default:
			w.Refuse(errChanged())
		}
		return nil
	})
}

// partingConditions says whether the other side has been away for long enough.
func (w *work) partingConditions(d dealRow) ([]workflow.Condition, error) {
	open, err := openHoldsOf(w.DB, d.ID)
	for _, r := range open {
		if r.Side != w.Side && !w.Now.Before(r.UntilAt) {
			return []workflow.Condition{OtherAway}, err
		}
	}
	return nil, err
}

// part ends the deal of a side that leaves, on the system's behalf.
func (w *work) part(d dealRow) error {
	open, states, err := w.overdueApplied(d)
	if err != nil || StateOfDeal(false, states).Final() {
		return err
	}
	if err := cancelOpenContract(w.Work, d); err != nil {
		return err
	}
	act := run.Act{Action: ActionEndAway, Holds: []workflow.Condition{OtherAway}}
	return w.endDeal(d, open, act, StateOfDeal(false, states), endedAway)
}

// overdueApplied applies overdue default outcomes to the deliverables and reads them:
// those that are not completed, and the states of all.
func (w *work) overdueApplied(d dealRow) (open []run.Subject[State], states []State, err error) {
	var all []deliverableRow
	if err := w.Where("deal_id = ?", d.ID).Order("number").Find(&all).Error; err != nil {
		return nil, nil, err
	}
	for _, x := range all {
		s := x.subject(d)
		if err := deliverables.ApplyOverdueDefault(w.Work, &s); err != nil {
			return nil, nil, err
		}
		states = append(states, s.State)
		if s.State != Completed {
			open = append(open, s)
		}
	}
	return open, states, nil
}

// endDeal ends each open deliverable by a step of its own, and then the deal. The deal's
// history shows this as one line, with the reason.
func (w *work) endDeal(d dealRow, open []run.Subject[State], act run.Act, from DealState, kind string) error {
	for i := range open {
		step := run.Act{Action: act.Action, Holds: act.Holds}
		if may, err := deliverables.Allows(w.Work, &open[i], act.Action, act.Holds...); err != nil {
			return err
		} else if !may { // it is another deliverable that is late
			step.Action = ActionEnd
		}
		if _, err := deliverables.Do(w.Work, &open[i], step); err != nil {
			return err
		}
	}
	err := requireOneRow(w.Model(&dealRow{}).Where("id = ? AND ended_at IS NULL AND version = ?", d.ID, d.Version).
		Updates(map[string]any{"ended_at": w.Now, "ended_by": w.Side, "end_kind": kind, "end_reason": act.Note, "version": d.Version + 1}))
	if err != nil {
		return err
	}
	if err := stopRepetition(w.Work, d.NegotiationID); err != nil {
		return err
	}
	if err := closeHolds(w.Work, d); err != nil {
		return err
	}
	told := []workflow.Effect{workflow.Notify, FollowActivity}
	if kind == endedUnsigned { // the contract's own line is told
		told = told[1:]
	}
	r := rootOf(d.NegotiationID)
	return w.Record(run.Event{
		SubjectKind: dealSubject, SubjectID: d.ID, RootKind: r.Kind, RootID: r.ID, Version: d.Version + 1, Action: act.Action,
		FromState: string(from), ToState: string(DealEnded), Note: act.Note,
	}, told...)
}
