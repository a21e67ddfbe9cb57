package deals

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

// movedDue is the due day of a deliverable whose work had to wait.
type movedDue struct {
	on models.Date
	at time.Time
}

// isContractSigned answers contracts.SignedGate for a deliverable.
func isContractSigned(w *run.Work, deliverable run.Ref) (bool, error) {
	var x deliverableRow
	if err := w.Select("deal_id").Take(&x, deliverable.ID).Error; err != nil {
		return false, err
	}
	return contracts.IsWorkOpen(w, x.DealID)
}

// openWork answers contracts.OpenWork: what waited for the contract begins, with its due days
// moved by the days for which it had to wait.
func openWork(w *run.Work, signed []run.Event) error {
	for _, e := range signed {
		var d dealRow
		if err := TakeLocked(w, &d, dealOfContractSQL, e.SubjectID); err != nil {
			return err
		}
		if err := w.AsSystem(func() error { return openDeliverables(w, d) }); err != nil {
			return err
		}
	}
	return nil
}

func openDeliverables(w *run.Work, d dealRow) error {
	waiting, err := waitingOf(w, d)
	if err != nil || len(waiting) == 0 {
		return err
	}
	shut, err := contracts.TimeShut(w, d.ID)
	if err != nil {
		return err
	}
	held, err := timeHeld(w, d.ID)
	if err != nil {
		return err
	}
	shut = min(w.Now.Sub(d.AgreedAt), shut+held) // also where it was the creator who could not act
	zone := d.zones().Of(models.SideCreator)
	days := models.DateOf(d.AgreedAt.Add(shut).In(zone)).DaysFrom(models.DateOf(d.AgreedAt.In(zone)))
	for _, x := range waiting {
		subject := x.subject(d)
		subject.Agreed = subject.Agreed.AddDays(days)
		_, err := deliverables.Do(w, &subject, run.Act{Action: ActionOpen, Input: movedDue{subject.Agreed, subject.Agreed.EndIn(zone)}})
		if err != nil {
			return err
		}
	}
	return nil
}

func waitingOf(w *run.Work, d dealRow) (all []deliverableRow, err error) {
	err = w.Where("deal_id = ? AND state = ?", d.ID, Waiting).Order("number").Find(&all).Error
	return all, err
}

// endUnsignedDeals answers contracts.EndDeal: a deal whose work waits for its contract ends
// without it, at nobody's fault. Others go on, and so does one whose contract is only not
// amended.
func endUnsignedDeals(w *run.Work, closed []run.Event) error {
	for _, e := range closed {
		if _, amends, err := contracts.ReadAmendment(w, e.SubjectID); err != nil || amends {
			if err != nil {
				return err
			}
			continue
		}
		var d dealRow
		if err := TakeLocked(w, &d, dealOfContractSQL, e.SubjectID); err != nil {
			return err
		}
		waiting, err := waitingOf(w, d)
		if err != nil {
			return err
		}
		if len(waiting) == 0 || d.EndedAt != nil {
			continue
		}
		open := make([]run.Subject[State], len(waiting))
		for i, x := range waiting {
			open[i] = x.subject(d)
		}
		err = w.AsSystem(func() error {
			return (&work{w}).endDeal(d, open, run.Act{Action: ActionEndUnsigned, Note: e.Note}, DealProduction, endedUnsigned)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// firstCycle locks the first deal of a repetition, whose contract covers all that follow.
func firstCycle(w *run.Work, d dealRow) (first dealRow, err error) {
	if d.Cycle == 1 {
		return d, nil
	}
	err = TakeLocked(w, &first, "negotiation_id = ? AND cycle = 1", d.NegotiationID)
	return first, err
}

// lockContracts locks the contracts under which a deal stands, before the deal itself.
func lockContracts(w *run.Work, deal string) error {
	var negotiationID int64
	err := w.Model(&dealRow{}).Where("public_id = ?", deal).Pluck("negotiation_id", &negotiationID).Error
	if err != nil || negotiationID == 0 {
		return err
	}
	return contracts.LockContracts(w, negotiationID)
}

// cancelOpenContract voids what is still to be signed when a deal ends, unless a later cycle
// goes on under it.
func cancelOpenContract(w *run.Work, d dealRow) error {
	var later int64
	err := w.Model(&dealRow{}).Where("negotiation_id = ? AND cycle > ?", d.NegotiationID, d.Cycle).Count(&later).Error
	if err != nil || later > 0 {
		return err
	}
	return contracts.CancelOpen(w, d.NegotiationID)
}

// AskForContract begins a contract of a running deal that has none, because a side wants one;
// the work goes on meanwhile. Asking again changes nothing.
func (s *Store) AskForContract(ctx context.Context, a models.Actor, deal string) error {
	return s.do(ctx, a, func(w *work) error {
		if err := lockContracts(w.Work, deal); err != nil {
			return err
		}
		d, err := w.lockDeal(a, deal)
		if err != nil {
			return err
		}
		ended := d.EndedAt != nil
		held, err := isHeld(w.Work, d.ID)
		if err != nil {
			return err
		}
		if d, err = firstCycle(w.Work, d); err != nil {
			return err
		}
		switch has, err := contracts.HasContract(w.Work, d.ID); {
		case err != nil || has:
			return err
		case ended:
			return errChanged()
		case held:
			return models.Conflict("deals.error.held")
		}
		agreed, err := terms.Decode(d.Agreed.Terms)
		if err != nil {
			return err
		}
		return contracts.Begin(w.Work, d.agreement(agreed), false)
	})
}
