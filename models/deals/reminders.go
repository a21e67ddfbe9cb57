package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/workflow/run"
)

// Reminder reads what to remind whom of; false once the subject has changed, so that
// there is nothing left to say.
func (s *Store) Reminder(ctx context.Context, args run.RemindArgs) (Announcement, bool, error) {
	if args.Subject == ProposalTable.Subject {
		return s.remindOfProposal(ctx, args)
	}
	var x deliverableRow
	if err := s.takeByID(ctx, &x, args.SubjectID); err != nil {
		return Announcement{}, false, err
	}
	if x.Version != args.Version || x.DeadlineAt == nil || args.Late != x.isLate(s.now()) {
		return Announcement{}, false, nil
	}
	var d dealRow
	if err := s.takeByID(ctx, &d, x.DealID); err != nil {
		return Announcement{}, false, err
	}
	a, err := s.readAnnouncement(ctx, d.ProposalID, d)
	if err != nil {
		return a, false, err
	}
	if _, err := s.addDeliverable(ctx, &a, d, x.ID, args.Version); err != nil {
		return a, false, err
	}
	a.Notice, a.State, a.StateKey = Reminder, string(x.State), x.State.Key()
	if args.Late {
		a.Notice = NowLate
	}
	a.Key = reminderKey(args)
	a.To, err = s.contactsOf(ctx, a, args.Late || a.Waits == models.SideBrand, args.Late || a.Waits == models.SideCreator)
	return a, true, err
}

func (s *Store) remindOfProposal(ctx context.Context, args run.RemindArgs) (Announcement, bool, error) {
	a, err := s.readAnnouncement(ctx, args.SubjectID, dealRow{})
	if err != nil || ProposalState(a.State) != Open || !s.now().Before(a.Deadline) {
		return a, false, err
	}
	a.Notice, a.StateKey = Reminder, Open.Key()
	a.Key = reminderKey(args)
	a.waitsFor(ProposalTable.Rule(Open).Waits, Open.TodoKey(), Open.OtherwiseKey(), true)
	a.To, err = s.contactsOf(ctx, a, false, true)
	return a, true, err
}
