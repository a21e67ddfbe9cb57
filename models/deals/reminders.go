package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/workflow/run"
)

// Reminder reads what to remind whom of; false once the subject has changed, so that
// there is nothing left to say.
func (s *Store) Reminder(ctx context.Context, args run.RemindArgs) (Announcement, bool, error) {
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
	a, err := s.readAnnouncement(ctx, d)
	if err != nil || a.held {
		return a, false, err
	}
	if _, err := s.addDeliverable(ctx, &a, d, x.ID, args.Version); err != nil {
		return a, false, err
	}
	a.Notice, a.State, a.StateKey = Reminder, string(x.State), x.State.Key()
	if args.Late {
		a.Notice = NowLate
	}
	a.Key = ReminderKey(args)
	a.To, err = s.ContactsOf(ctx, a.Brand, a.Creator, args.Late || a.Waits == models.SideBrand, args.Late || a.Waits == models.SideCreator)
	return a, true, err
}
