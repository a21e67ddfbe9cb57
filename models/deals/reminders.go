package deals

import (
	"time"
)

// RemindArgs is the job that reminds of a deadline: see Store.Reminder. It
// names the version that it is about, so that it says nothing once something
// has happened. Late means that the deadline has passed and one side may end
// the deal.
type RemindArgs struct {
	ProposalID    int64 `json:"proposal_id,omitempty"`
	DeliverableID int64 `json:"deliverable_id,omitempty"`
	Version       int   `json:"version"`
	Late          bool  `json:"late,omitempty"`
}

// Kind is River's name of the job.
func (RemindArgs) Kind() string { return "deals.remind" }

func (w *work) remindProposal(id int64) (bool, error) {
	var p proposalRow
	if err := w.locked(&p, "id = ?", id); err != nil || p.RemindAt == nil || w.now.Before(*p.RemindAt) {
		return false, err
	}
	if err := changed(w.Model(&p).Update("remind_at", nil)); err != nil {
		return false, err
	}
	return true, w.Enqueue(RemindArgs{ProposalID: p.ID, Version: p.Version}, nil)
}

func (w *work) remindDeliverable(id int64) (bool, error) {
	_, x, err := w.lockDeliverable(id)
	if err != nil || x.RemindAt == nil || w.now.Before(*x.RemindAt) {
		return false, err
	}
	args := RemindArgs{DeliverableID: x.ID, Version: x.Version, Late: x.late(w.now)}
	var next *time.Time
	if !args.Late {
		next = lateNotice(DeliverableTable.Rule(x.State), *x.DeadlineAt)
	}
	if err := changed(w.Model(&x).Update("remind_at", next)); err != nil {
		return false, err
	}
	return true, w.Enqueue(args, nil)
}
