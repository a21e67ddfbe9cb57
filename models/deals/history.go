package deals

import (
	"context"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/workflow/run"
)

// Event is one line of the history of a negotiation and its deal.
type Event struct {
	ID     int64
	Number int // of the deliverable; 0 when the event is about the whole
	At     time.Time
	Side   models.Side
	Person string // who acted; "" for the system
	Action Action
	From   string
	To     string
	Note   string
	URL    string

	// The names of both sides at the time; "" if unknown, or erased since.
	BrandName, CreatorName string

	Offer    bool // the line is about an offer or its answer
	Contract bool // the line is about a contract, whose id SubjectID is
	Cycles   bool // the line is about a repetition
	Cycle    int  // that begins with the line; 0 for other lines

	Amendment bool // the contract is an amendment; see ReadHistory

	SubjectID int64

	Away models.Side // of a line about a hold: the side that cannot act
}

// IsPartOfEnding says whether the line is about a deliverable that ended with its deal,
// which has a line of its own.
func (e Event) IsPartOfEnding() bool { return e.Number > 0 && e.To == string(Ended) }

// IsPartOfAmending says whether the line is about what follows from a signed amendment, which
// has a line of its own in the history of its deal.
func (e Event) IsPartOfAmending() bool {
	return e.Contract && e.Action == contracts.ActionAmend || e.Number > 0 && e.Action == ActionMove
}

// IsOpening says whether the line is about a deliverable whose work could begin, as that of
// all others of its deal.
func (e Event) IsOpening() bool {
	return !e.Offer && !e.Contract && !e.Cycles && e.Action == ActionOpen
}

// HoldsTell says whether the history and mails tell of an action on a hold; the others say
// nothing that other lines do not.
func HoldsTell(a Action) bool {
	return a == ActionHold || a == ActionShorten || a == ActionOfferEnd || a == ActionRelease
}

// HoldDay is the day that a line about a hold names; false for other lines.
func (e Event) HoldDay() (models.Date, bool) {
	day, err := models.ParseDate(e.Note)
	return day, e.Away != "" && err == nil
}

// Key is the sentence that describes the event, with the placeholders brand and creator.
func (e Event) Key() string {
	switch {
	case e.Offer:
		return HistoryKind + ".event." + string(e.Action) + "." + string(e.Side)
	case e.Away != "":
		return HoldTable.EventKey(e.Action, e.Away)
	case !e.Contract && e.Action == ActionAmend:
		return "deals.event.amend.system"
	case e.Contract && e.Amendment:
		return contracts.AmendmentEventKey(e.Action, e.Side)
	case e.Contract:
		return contracts.Table.EventKey(e.Action, e.Side)
	case e.Cycles:
		return RepetitionTable.EventKey(e.Action, e.Side)
	}
	return DeliverableTable.EventKey(e.Action, e.Side)
}

// ReadHistory reads the history of a negotiation and all its deals, oldest first.
func (s *Store) ReadHistory(ctx context.Context, negotiationID int64) ([]Event, error) {
	return s.readHistory(ctx, negotiationID, func(q *gorm.DB) *gorm.DB { return q })
}

// readHistoryOfDeal leaves out what happened in other deals of the same negotiation.
func (s *Store) readHistoryOfDeal(ctx context.Context, d dealRow) ([]Event, error) {
	return s.readHistory(ctx, d.NegotiationID, func(q *gorm.DB) *gorm.DB {
		return q.Where("coalesce(deliverables.deal_id, deal_holds.deal_id, CASE WHEN e.subject_kind = ? THEN e.subject_id END, ?) = ?", dealSubject, d.ID, d.ID)
	})
}

func (s *Store) readHistory(ctx context.Context, negotiationID int64, narrowed func(*gorm.DB) *gorm.DB) ([]Event, error) {
	var rows []struct {
		Row    run.Event `gorm:"embedded"`
		Person string
		Number int
		Away   models.Side

		Amendment bool
	}
	r := rootOf(negotiationID)
	err := narrowed(withNames(s.db.Read(ctx)).Where("e.root_kind = ? AND e.root_id = ?", r.Kind, r.ID)).Order("e.id").Find(&rows).Error
	out, cycle := make([]Event, 0, len(rows)), 1
	for _, r := range rows {
		e := EventOf(r.Row, r.Person, r.Number)
		if e.Cycles && e.Action == ActionBeginCycle {
			cycle++
			e.Cycle = cycle
		}
		e.Amendment = r.Amendment
		if e.Away = r.Away; e.Away == "" || HoldsTell(e.Action) {
			out = append(out, e)
		}
	}
	return out, err
}

// EventOf is a line of the history as it is shown.
func EventOf(e run.Event, person string, number int) Event {
	return Event{
		ID: e.ID, Number: number, At: e.At.UTC(), Side: e.Side, Person: person, Action: e.Action,
		From: e.FromState, To: e.ToState, Note: e.Note, URL: e.URL, BrandName: e.BrandName, CreatorName: e.CreatorName, Offer: e.IsAbout(HistoryKind), Contract: e.IsAbout(contracts.Table.Subject), Cycles: e.IsAbout(RepetitionTable.Subject), SubjectID: e.SubjectID,
	}
}
