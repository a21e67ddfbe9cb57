package deals

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/workflow/run"
)

// holdAnnouncement reads what is to be announced about a hold: to the side that waits, and
// once the deal goes on to both. A side that is suspended gets no mails.
func (s *Store) holdAnnouncement(ctx context.Context, e run.Event) (Announcement, error) {
	var r holdRow
	var d dealRow
	if err := s.takeByID(ctx, &r, e.SubjectID); err != nil {
		return Announcement{}, err
	}
	if err := s.takeByID(ctx, &d, r.DealID); err != nil {
		return Announcement{}, err
	}
	a, err := s.readAnnouncement(ctx, d)
	if err != nil {
		return a, err
	}
	h := r.hold()
	a.Key, a.Notice, a.Hold, a.Event = EventKey(e.ID), Happened, &h, EventOf(e, "", 0)
	a.Event.Away, a.State = r.Side, e.ToState
	both := e.Action == ActionRelease
	a.To, err = s.ContactsOf(ctx, a.Brand, a.Creator, both || r.Side == models.SideCreator, both || r.Side == models.SideBrand)
	return a, err
}
