package deals

import (
	"context"
	"fmt"

	"tribemarket/models"
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
	d, x, err := w.lockDeliverable(id)
	if err != nil || x.RemindAt == nil || w.now.Before(*x.RemindAt) {
		return false, err
	}
	args := RemindArgs{DeliverableID: x.ID, Version: x.Version, Late: x.late(w.now)}
	next := DeliverableTable.NextNotice(x.State, *x.DeadlineAt, d.zoneOf(DeliverableTable.Rule(x.State).Waits), w.now)
	if err := changed(w.Model(&x).Update("remind_at", next)); err != nil {
		return false, err
	}
	return true, w.Enqueue(args, nil)
}

// Reminder reads what to remind of, and whom; false once something has
// happened, so that nothing is to be said any more.
func (s *Store) Reminder(ctx context.Context, args RemindArgs) (Announcement, bool, error) {
	if args.ProposalID != 0 {
		return s.remindOfProposal(ctx, args)
	}
	var x deliverableRow
	if err := s.take(ctx, &x, args.DeliverableID); err != nil {
		return Announcement{}, false, err
	}
	if x.Version != args.Version || x.DeadlineAt == nil || args.Late != x.late(s.now()) {
		return Announcement{}, false, nil
	}
	var d dealRow
	if err := s.take(ctx, &d, x.DealID); err != nil {
		return Announcement{}, false, err
	}
	a, err := s.announce(ctx, d.ProposalID, d)
	if err != nil {
		return a, false, err
	}
	if _, err := s.about(ctx, &a, d, x.ID, args.Version); err != nil {
		return a, false, err
	}
	a.Notice, a.State, a.StateKey = Reminder, string(x.State), x.State.Key()
	if args.Late {
		a.Notice = NowLate
	}
	a.Key = fmt.Sprintf("deal-%s-d%d-v%d", a.Notice, x.ID, x.Version)
	a.To, err = s.receivers(ctx, a, args.Late || a.Waits == models.SideBrand, args.Late || a.Waits == models.SideCreator)
	return a, true, err
}

func (s *Store) remindOfProposal(ctx context.Context, args RemindArgs) (Announcement, bool, error) {
	a, err := s.announce(ctx, args.ProposalID, dealRow{})
	if err != nil || ProposalState(a.State) != Open || !s.now().Before(a.Deadline) {
		return a, false, err
	}
	a.Notice, a.StateKey = Reminder, Open.Key()
	a.Key = fmt.Sprintf("deal-%s-o%d-v%d", a.Notice, args.ProposalID, args.Version)
	a.waitsFor(ProposalTable.Rule(Open).Waits, Open.TodoKey(), Open.OtherwiseKey(), true)
	a.To, err = s.receivers(ctx, a, false, true)
	return a, true, err
}
