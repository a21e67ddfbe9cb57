package negotiation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
	"tribemarket/models/workflow/run"
)

// MaxExtensions is how often a later last day can be asked for, for one offer.
const MaxExtensions = 3

// Extension is a later last day of the latest offer that one side asks for. It counts once
// the other side accepts it; until then the offer ends when it did.
type Extension struct {
	By models.Side
	On models.Date // the last day, in the zone of the side that answers the offer
}

// The conditions of extensions.
const (
	NotAsked workflow.Condition = "not asked" // nobody asks for a later day
	Asked    workflow.Condition = "asked"     // the other side does
)

// extensionHolds lists the conditions of extensions that hold for a side.
func extensionHolds(e *Extension, side models.Side) []workflow.Condition {
	switch {
	case e == nil:
		return []workflow.Condition{NotAsked}
	case e.By != side:
		return []workflow.Condition{Asked}
	}
	return nil
}

// IsExtension says whether an action is about a later last day.
func IsExtension(a Action) bool {
	return a == ActionAskExtension || a == ActionAcceptExtension || a == ActionRefuseExtension
}

// ExtensionDay is the day that a line of the history is about; false for other lines.
func ExtensionDay(e deals.Event) (models.Date, bool) {
	if !IsExtension(e.Action) {
		return models.Date{}, false
	}
	day, err := models.ParseDate(e.Note)
	return day, err == nil
}

// AnswerZone is where the last day of the latest offer ends.
func (n Negotiation) AnswerZone() *time.Location {
	return deals.Zones{Zone: n.Zone, BrandZone: n.BrandZone}.Of(Table.Rule(n.State).Waits)
}

// LastDay is the last day on which the latest offer can be answered.
func (n Negotiation) LastDay() models.Date {
	return models.DateOf(n.ExpiresAt.Add(-1).In(n.AnswerZone()))
}

// ExtensionDays are the first and the last day that can be asked for; false for none.
func (n Negotiation) ExtensionDays(now time.Time) (first, last models.Date, ok bool) {
	if !n.State.IsOpen() || n.Extensions >= MaxExtensions {
		return first, last, false
	}
	first, last = extensionDays(n.ExpiresAt, n.AnswerZone(), n.Latest.Terms.FirstDue(), now)
	return first, last, !last.Before(first)
}

// extensionDays bound a later last day like the first one: by the days of an offer from
// now on, and by the first due day.
func extensionDays(expires time.Time, zone *time.Location, due models.Date, now time.Time) (first, last models.Date) {
	first = models.DateOf(expires.Add(-1).In(zone)).AddDays(1)
	last = models.DateOf(now.In(zone)).AddDays(MaxAnswerDays)
	if due.Before(last) {
		last = due
	}
	return first, last
}

// AskExtension asks the other side for a later last day of an offer, which must be the
// latest; errors name the field "until".
func (s *Store) AskExtension(ctx context.Context, a models.Actor, negotiation string, number int, until string) error {
	return s.extend(ctx, a, negotiation, ActionAskExtension, number, until)
}

// AcceptExtension accepts the last day that the other side asks for, which must be the one
// that the person was shown.
func (s *Store) AcceptExtension(ctx context.Context, a models.Actor, negotiation string, number int, until string) error {
	return s.extend(ctx, a, negotiation, ActionAcceptExtension, number, until)
}

// RefuseExtension refuses it: the offer ends when it did.
func (s *Store) RefuseExtension(ctx context.Context, a models.Actor, negotiation string, number int, until string) error {
	return s.extend(ctx, a, negotiation, ActionRefuseExtension, number, until)
}

func (s *Store) extend(ctx context.Context, a models.Actor, negotiation string, action Action, number int, until string) error {
	return s.do(ctx, a, func(w *work) error {
		n, err := w.lock(a, negotiation)
		if err != nil {
			return err
		}
		if number != n.Offer {
			return errNewOffer(n.Offer)
		}
		subject := n.subject()
		if err := negotiations.ApplyOverdueDefault(w.Work, &subject); err != nil {
			return err
		}
		if subject.State != n.State {
			w.Refuse(negotiations.Conflict(subject.State))
			return nil
		}
		asked := n.extension()
		day, err := models.ParseDate(until)
		switch {
		case action == ActionAskExtension && n.State.IsOpen() && asked == nil:
			if err := w.checkExtension(a, n, day, err); err != nil {
				return err
			}
		case action != ActionAskExtension && n.State.IsOpen() && asked != nil && asked.By == w.Side:
			return errNotYours()
		case action != ActionAskExtension && asked != nil && asked.On != day:
			return errChanged()
		}
		if subject.Agreed = n.lastDay(); action == ActionAcceptExtension {
			subject.Agreed = day
		}
		subject.About = about{Negotiation: n.PublicID, CreatorID: n.CreatorID, HoldsNothing: true, SameWork: true}
		_, err = negotiations.Do(w.Work, &subject, run.Act{
			Action: action, Note: day.String(), Input: Extension{w.Side, day}, Holds: extensionHolds(asked, w.Side),
		})
		return err
	})
}

// checkExtension refuses a day that cannot be asked for.
func (w *work) checkExtension(a models.Actor, n row, day models.Date, unreadable error) error {
	if n.Extensions >= MaxExtensions {
		return models.Conflict("negotiation.error.extensions", "most", MaxExtensions)
	}
	var latest offerRow
	if err := w.Where("negotiation_id = ? AND number = ?", n.ID, n.Offer).Take(&latest).Error; err != nil {
		return err
	}
	o, err := latest.offer()
	if err != nil {
		return err
	}
	first, last := extensionDays(n.ExpiresAt, n.answerZone(), o.Terms.FirstDue(), w.Now)
	switch {
	case last.Before(first):
		return models.Conflict("negotiation.error.no_later")
	case unreadable != nil, day.Before(first), last.Before(day):
		return models.Invalid("until", "negotiation.invalid.until", "first", first, "last", last)
	}
	who, err := readStanding(w.DB, a, n)
	if err != nil {
		return err
	}
	return who.checkReachable()
}

// extension is what one side asks for; nil for nothing.
func (r row) extension() *Extension {
	if r.ExtensionSide == "" {
		return nil
	}
	on, _ := models.ParseDate(r.ExtensionOn) // written from a Date
	return &Extension{r.ExtensionSide, on}
}

func (r row) answerZone() *time.Location { return r.Zones.Of(Table.Rule(r.State).Waits) }

// lastDay is the last day on which the latest offer can be answered.
func (r row) lastDay() models.Date { return models.DateOf(r.ExpiresAt.Add(-1).In(r.answerZone())) }
