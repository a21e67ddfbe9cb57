package deals

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/workflow/run"
)

// Notice is the reason for an Announcement.
type Notice string

// The reasons for an announcement.
const (
	Happened  Notice = "event"      // an action was done: Event says which
	Reminder  Notice = "reminder"   // the act is due soon
	Redefined Notice = "definition" // platforms count in another way than the terms say
	NowLate   Notice = "late"       // the deadline has passed: the other side may end the deal
)

// Announcement is everything that a mail about a deal needs.
type Announcement struct {
	Key       string // names the announcement, so that it is not sent twice
	Notice    Notice
	Event     Event  // for Happened
	Deal      string // public id
	Brand     Party
	Creator   Party
	Product   string
	Cycle     int     // of a repetition
	Cycles    *Cycles // nil where it does not repeat
	Items     []Item
	Item      Item // the deliverable; Number is 0 when it is about the whole
	Draft     int  // the number of its latest draft when it happened
	State     string
	StateKey  string
	DealState DealState

	// What happens next; Waits is "" when nothing is waited for, or when more has
	// happened since the event.
	Waits        models.Side
	TodoKey      string
	OtherwiseKey string // with the placeholder deadline
	Due          time.Time
	Deadline     time.Time

	Hold  *Hold // what an event of a hold is about
	Zones Zones // in which both sides' days end

	To []accounts.Contact

	held bool // the clocks of the deal stand still
}

// Announcement reads what is to be announced about an event, and to whom: to the other
// side, and to both sides when the system acted.
func (s *Store) Announcement(ctx context.Context, eventID int64) (Announcement, error) {
	var e run.Event
	if err := s.takeByID(ctx, &e, eventID); err != nil {
		return Announcement{}, err
	}
	if e.IsAbout(HoldTable.Subject) {
		return s.holdAnnouncement(ctx, e)
	}
	var d dealRow
	err := ofEvent(s.db.Read(ctx), e).Take(&d).Error
	if err != nil {
		return Announcement{}, err
	}
	a, err := s.readAnnouncement(ctx, d)
	if err != nil {
		return a, err
	}
	a.Key, a.Notice = EventKey(e.ID), Happened
	number := 0
	if e.IsAbout(DeliverableTable.Subject) {
		x, err := s.addDeliverable(ctx, &a, d, e.SubjectID, e.Version)
		if err != nil {
			return a, err
		}
		number = x.Number
		if a.Draft, err = s.draftsSent(ctx, e); err != nil {
			return a, err
		}
	}
	a.Event = EventOf(e, "", number)
	a.State, a.StateKey = e.ToState, stateKey(e)
	a.To, err = s.ContactsOf(ctx, a.Brand, a.Creator, e.Side != models.SideBrand, e.Side != models.SideCreator)
	return a, err
}

// readAnnouncement reads the deal.
func (s *Store) readAnnouncement(ctx context.Context, d dealRow) (Announcement, error) {
	all, err := s.fillDeals(ctx, []dealRow{d})
	if err != nil {
		return Announcement{}, err
	}
	a := Announcement{Deal: d.PublicID, Brand: all[0].Brand, Creator: all[0].Creator, Product: d.Agreed.Product, Cycle: d.Cycle, Zones: d.zones(), held: all[0].IsHeld()}
	if a.Cycles, err = s.readCycles(ctx, d, all[0].Terms); err != nil {
		return Announcement{}, err
	}
	var states []State
	for _, x := range all[0].Deliverables {
		a.Items, states = append(a.Items, x.Item), append(states, x.State)
	}
	a.DealState = StateOfDeal(d.EndedAt != nil, states)
	return a, nil
}

// addDeliverable adds the deliverable, and what it waits for if it still has the version.
func (s *Store) addDeliverable(ctx context.Context, a *Announcement, d dealRow, id int64, version int) (Deliverable, error) {
	var row deliverableRow
	if err := s.takeByID(ctx, &row, id); err != nil {
		return Deliverable{}, err
	}
	x := row.deliverable(d.zones())
	a.Item, a.Draft = x.Item, x.Rounds+1
	if x.DeadlineAt != nil {
		a.Due, a.Deadline = x.DueNow(), *x.DeadlineAt
	}
	a.waitsFor(x.Waits(), x.State.TodoKey(), x.State.OtherwiseKey(), x.Version == version && x.DeadlineAt != nil && !a.held)
	return x, nil
}

// draftsSent is the number of drafts of a deliverable that had been sent by the time of
// the event.
func (s *Store) draftsSent(ctx context.Context, e run.Event) (int, error) {
	var n int64
	err := s.db.Read(ctx).Model(&run.Event{}).Where("subject_kind = ? AND subject_id = ? AND action = ? AND version <= ?", e.SubjectKind, e.SubjectID, ActionSubmitDraft, e.Version).Count(&n).Error
	return int(n), err
}

func (a *Announcement) waitsFor(side models.Side, todo, otherwise string, holds bool) {
	if holds {
		a.Waits, a.TodoKey, a.OtherwiseKey = side, todo, otherwise
	}
}

func stateKey(e run.Event) string {
	switch {
	case e.IsAbout(dealSubject):
		return DealState(e.ToState).Key()
	case e.IsAbout(RepetitionTable.Subject):
		return ""
	}
	return State(e.ToState).Key()
}

// ContactsOf returns the people to write to: those who manage the brand's deals, and the
// creator.
func (s *Store) ContactsOf(ctx context.Context, ofBrand, ofCreator Party, brand, creator bool) ([]accounts.Contact, error) {
	var to []accounts.Contact
	if brand {
		all, err := accounts.Contacts(s.db.Read(ctx), ofBrand.ID, models.RoleManager)
		if err != nil {
			return nil, err
		}
		to = all
	}
	if creator {
		c, ok, err := creators.Contact(s.db.Read(ctx), ofCreator.ID)
		if err != nil {
			return nil, err
		}
		if ok {
			to = append(to, c)
		}
	}
	return to, nil
}

func (s *Store) takeByID(ctx context.Context, row any, id int64) error {
	err := s.db.Read(ctx).Take(row, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}
