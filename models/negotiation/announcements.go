package negotiation

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/deals"
	"tribemarket/models/workflow/run"
)

// Announcement is everything that a mail about a negotiation needs.
type Announcement struct {
	Key         string // names the announcement, so that it is not sent twice
	Notice      deals.Notice
	Event       deals.Event // for deals.Happened
	Definition  int         // for deals.Redefined: the version that holds now
	Negotiation Negotiation
	Open        bool // the latest offer waits for an answer, and nothing has happened since
	To          []accounts.Contact
}

// Announcement reads what is to be announced about an event, and to whom: to the other side,
// and to both sides when the system acted.
func (s *Store) Announcement(ctx context.Context, eventID int64) (Announcement, error) {
	var e run.Event
	if err := s.takeByID(ctx, &e, eventID); err != nil {
		return Announcement{}, err
	}
	n, err := s.readForAnnouncement(ctx, e.RootID)
	if err != nil {
		return Announcement{}, err
	}
	a := Announcement{
		Key: deals.EventKey(e.ID), Notice: deals.Happened, Event: deals.EventOf(e, "", 0), Negotiation: n,
		Open: n.State.IsOpen() && n.Version == e.Version,
	}
	a.To, err = s.deals.ContactsOf(ctx, n.Brand, n.Creator, e.Side != models.SideBrand, e.Side != models.SideCreator)
	return a, err
}

// Reminder reads what to remind whom of; false once the negotiation has changed, so that
// there is nothing left to say.
func (s *Store) Reminder(ctx context.Context, args run.RemindArgs) (Announcement, bool, error) {
	n, err := s.readForAnnouncement(ctx, args.SubjectID)
	if err != nil || n.Version != args.Version || !n.IsAnswerable(s.now()) {
		return Announcement{}, false, err
	}
	a := Announcement{Key: deals.ReminderKey(args), Notice: deals.Reminder, Negotiation: n, Open: true}
	waits := Table.Rule(n.State).Waits
	a.To, err = s.deals.ContactsOf(ctx, n.Brand, n.Creator, waits == models.SideBrand, waits == models.SideCreator)
	return a, true, err
}

func (s *Store) readForAnnouncement(ctx context.Context, id int64) (Negotiation, error) {
	var r row
	if err := s.takeByID(ctx, &r, id); err != nil {
		return Negotiation{}, err
	}
	all, err := s.withParties(ctx, []row{r})
	if err != nil {
		return Negotiation{}, err
	}
	return all[0], nil
}

// Waits is the side that has to answer.
func (a Announcement) Waits() models.Side {
	if !a.Open {
		return ""
	}
	return Table.Rule(a.Negotiation.State).Waits
}

// Deadline is until when the latest offer can be answered.
func (a Announcement) Deadline() time.Time { return a.Negotiation.ExpiresAt }

func (s *Store) takeByID(ctx context.Context, into any, id int64) error {
	err := s.db.Read(ctx).Take(into, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}
