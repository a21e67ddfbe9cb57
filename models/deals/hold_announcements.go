package deals

import (
	"context"
	"time"

	"gorm.io/gorm"

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
	if told, err := s.isHoldTold(ctx, r, e.Action); err != nil || !told {
		return a, err
	}
	a.To, err = s.ContactsOf(ctx, a.Brand, a.Creator, both || r.Side == models.SideCreator, both || r.Side == models.SideBrand)
	return a, err
}

// maxToldHolds is how many holds of a deal because of one side are told in a day, whoever
// asks to be erased and stays again and again.
const maxToldHolds = 2

// isHoldTold says whether an action on a hold is told: the end of a hold only if the deal goes
// on, and that a deal is held, or goes on, no more often than a few times a day.
func (s *Store) isHoldTold(ctx context.Context, r holdRow, action Action) (bool, error) {
	if action != ActionHold && action != ActionRelease {
		return true, nil
	}
	var other, before int64
	q := s.db.Read(ctx).Model(&holdRow{}).Where("deal_id = ? AND id <> ?", r.DealID, r.ID)
	if action == ActionRelease {
		err := q.Session(&gorm.Session{}).Where("began_at <= ? AND (ended_at IS NULL OR ended_at > ?)", r.EndedAt, r.EndedAt).Count(&other).Error
		if err != nil || other > 0 {
			return false, err
		}
	}
	err := q.Session(&gorm.Session{}).Where("side = ? AND began_at > ? AND began_at <= ?", r.Side, r.BeganAt.Add(-24*time.Hour), r.BeganAt).Count(&before).Error
	return before < maxToldHolds, err
}
