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
	Happened Notice = "event"    // an action was done: Event says which
	Reminder Notice = "reminder" // the act is due soon
	NowLate  Notice = "late"     // the deadline has passed: the other side may end the deal
)

// Announcement is everything that a mail about a proposal or a deal needs.
type Announcement struct {
	Key       string // names the announcement, so that it is not sent twice
	Notice    Notice
	Event     Event  // for Happened
	Proposal  string // public id
	Deal      string // public id; "" before there is a deal
	Brand     Party
	Creator   Party
	Message   string // of the proposal
	Terms     Terms
	Items     []Item
	Item      Item // the deliverable; Number is 0 when it is about the whole
	Draft     int  // the number of its latest draft when it happened
	State     string
	StateKey  string
	DealState DealState // "" before there is a deal

	// What happens next; Waits is "" when nothing is waited for, or when more has
	// happened since the event.
	Waits        models.Side
	TodoKey      string
	OtherwiseKey string // with the placeholder deadline
	Due          time.Time
	Deadline     time.Time

	To []accounts.Contact
}

// Announcement reads what is to be announced about an event, and to whom: to the other
// side, and to both sides when the system acted.
func (s *Store) Announcement(ctx context.Context, eventID int64) (Announcement, error) {
	var e run.Event
	if err := s.takeByID(ctx, &e, eventID); err != nil {
		return Announcement{}, err
	}
	var d dealRow // an acceptance has created one, though the event is the proposal's
	if err := s.db.Read(ctx).Where("proposal_id = ?", e.RootID).Limit(1).Find(&d).Error; err != nil {
		return Announcement{}, err
	}
	a, err := s.readAnnouncement(ctx, e.RootID, d)
	if err != nil {
		return a, err
	}
	a.Key, a.Notice = eventKey(e.ID), Happened
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
	} else if e.IsAbout(ProposalTable.Subject) && a.State == e.ToState {
		a.waitsFor(ProposalTable.Rule(Open).Waits, Open.TodoKey(), Open.OtherwiseKey(), ProposalState(a.State) == Open)
	}
	a.Event = eventOf(e, "", number)
	a.State, a.StateKey = e.ToState, a.stateKey(e)
	a.To, err = s.contactsOf(ctx, a, e.Side != models.SideBrand, e.Side != models.SideCreator)
	return a, err
}

// readAnnouncement reads the proposal, and the deal if there is one.
func (s *Store) readAnnouncement(ctx context.Context, proposalID int64, d dealRow) (Announcement, error) {
	var p proposalRow
	if err := s.takeByID(ctx, &p, proposalID); err != nil {
		return Announcement{}, err
	}
	ps, err := s.withParties(ctx, []proposalRow{p})
	if err != nil {
		return Announcement{}, err
	}
	a := Announcement{
		Proposal: p.PublicID, Deal: d.PublicID, Brand: ps[0].Brand, Creator: ps[0].Creator, Message: p.Message,
		Terms: ps[0].Terms, Items: ps[0].Items, State: string(p.State), Due: ps[0].ExpiresAt, Deadline: ps[0].ExpiresAt,
	}
	if d.ID == 0 {
		return a, nil
	}
	var states []State
	err = s.db.Read(ctx).Model(&deliverableRow{}).Where("deal_id = ?", d.ID).Pluck("state", &states).Error
	a.DealState = StateOfDeal(d.EndedAt != nil, states)
	return a, err
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
	a.waitsFor(x.Waits(), x.State.TodoKey(), x.State.OtherwiseKey(), x.Version == version && x.DeadlineAt != nil)
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

func (a *Announcement) stateKey(e run.Event) string {
	switch e.SubjectKind {
	case DeliverableTable.Subject:
		return State(e.ToState).Key()
	case dealSubject:
		return DealState(e.ToState).Key()
	}
	return ProposalState(e.ToState).Key()
}

// contactsOf returns the people to write to: those who manage the brand's deals, and the
// creator.
func (s *Store) contactsOf(ctx context.Context, a Announcement, brand, creator bool) ([]accounts.Contact, error) {
	var to []accounts.Contact
	if brand {
		all, err := accounts.Contacts(s.db.Read(ctx), a.Brand.ID, models.RoleManager)
		if err != nil {
			return nil, err
		}
		to = all
	}
	if creator {
		c, ok, err := creators.Contact(s.db.Read(ctx), a.Creator.ID)
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
