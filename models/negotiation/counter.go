package negotiation

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/terms"
	"tribemarket/models/text"
	"tribemarket/models/workflow/run"
)

// replaceAgain is after how long a side may replace its offer once more.
const replaceAgain = 24 * time.Hour

// Answer is an offer in answer to another, or in place of one's own.
type Answer struct {
	To    int // the number of the offer that the person was shown as the latest
	Form  OfferForm
	Notes map[terms.Clause]string // why, by clause
	Key   string                  // identifies the form, so that sending it twice makes one offer
}

// Counter answers the other side's offer with another one and returns its number.
func (s *Store) Counter(ctx context.Context, a models.Actor, negotiation string, answer Answer) (int, error) {
	return s.offer(ctx, a, negotiation, ActionCounter, answer)
}

// Replace puts another offer in the place of one's own that is not answered yet; at most
// once a day. The time to answer begins anew.
func (s *Store) Replace(ctx context.Context, a models.Actor, negotiation string, answer Answer) (int, error) {
	return s.offer(ctx, a, negotiation, ActionReplace, answer)
}

func (s *Store) offer(ctx context.Context, a models.Actor, negotiation string, action Action, answer Answer) (number int, err error) {
	return s.offerUnder(ctx, a, negotiation, action, answer, hashKey(answer.Key))
}

// offerUnder is offer under the hash of a form's key.
func (s *Store) offerUnder(ctx context.Context, a models.Actor, negotiation string, action Action, answer Answer, key string) (number int, err error) {
	err = s.do(ctx, a, func(w *work) error {
		n, who, err := w.lockToOffer(a, negotiation)
		if err != nil {
			return err
		}
		if number, err = w.offeredBefore(n, answer, key); err != nil || number > 0 {
			return err
		}
		if n.isOnlyTheOthers(action, w.Side) {
			return n.errOnlyTheOthers()
		}
		subject := n.subject()
		if err := negotiations.ApplyOverdueDefault(w.Work, &subject); err != nil {
			return err
		}
		if subject.State != n.State || !n.State.IsOpen() {
			w.Refuse(negotiations.Conflict(subject.State))
			return nil
		}
		before, err := terms.Decode(who.Latest)
		if err != nil {
			return err
		}
		o, err := w.readAnswer(n, who, before, action, answer)
		if err != nil {
			return err
		}
		needed, err := w.needsApproval(a, n.BrandID, who.Approves, o.terms)
		if err != nil {
			return err
		}
		if needed {
			if err := deleteDraft(w.Tx, a, DraftKey{CreatorID: n.CreatorID, NegotiationID: n.ID}); err != nil {
				return err
			}
			return w.holdAnswer(a, n, heldAnswer{action, answer.To, answer.Form, o, answer.Notes, key})
		}
		number, subject.Agreed = n.Offer+1, o.last
		subject.About = about{
			Negotiation: n.PublicID, CreatorID: n.CreatorID, HoldsNothing: !who.Holds, SameWork: w.Now.Before(n.ExpiresAt) && maps.Equal(dueMonthsOf(o.terms), dueMonthsOf(before)),
		}
		if _, err := negotiations.Do(w.Work, &subject, run.Act{Action: action, Input: sentOffer{number, latestOf(o.terms)}}); err != nil {
			return err
		}
		if who.Drafted {
			if err := deleteDraft(w.Tx, a, DraftKey{CreatorID: n.CreatorID, NegotiationID: n.ID}); err != nil {
				return err
			}
		}
		n.Offer, n.OfferedAt, n.ExpiresAt = number, w.Now, *subject.Deadline
		return w.addOffer(n, o, &before, answer.Notes, key)
	})
	return number, err
}

// offeredBefore finds the offer that the same form made; 0 for none, as of a form that answers
// the latest offer.
func (w *work) offeredBefore(n row, answer Answer, key string) (int, error) {
	if answer.To == n.Offer {
		return 0, nil
	}
	var same offerRow
	err := w.Where("negotiation_id = ? AND form_key = ?", n.ID, key).Limit(1).Find(&same).Error
	if err != nil || same.ID == 0 {
		return 0, err
	}
	zone := n.Zones.Of(models.SideCreator)
	return same.Number, answer.Form.requireSame(same, zone, zone)
}

// readAnswer reads an offer in answer to the latest one, with the terms before, which must be
// the one that the person was shown, and say something else.
func (w *work) readAnswer(n row, who standing, before terms.Terms, action Action, answer Answer) (o offer, err error) {
	if answer.To != n.Offer {
		return o, errNewOffer(n.Offer)
	}
	if action == ActionReplace && who.Replaces && w.Now.Sub(n.OfferedAt) < replaceAgain {
		return o, models.Conflict("negotiation.error.replaced")
	}
	if w.Side == models.SideBrand {
		o, err = w.readBrandsOffer(n.BrandID, who, answer.Form, n.ID)
	} else {
		o, err = w.readCreatorsOffer(n, who, answer.Form)
	}
	if err == nil && len(before.Differences(o.terms)) == 0 {
		err = models.Invalid("fee", "negotiation.invalid.same")
	}
	return o, err
}

// requireSame refuses a form with other answers than the offer that its key has made.
func (f OfferForm) requireSame(sent offerRow, zone, answerZone *time.Location) error {
	o, err := f.read(anything, zone, answerZone, sent.SentAt)
	if err != nil {
		return err
	}
	before, err := sent.offer()
	if err == nil && (before.Message != o.message || len(before.Terms.Differences(o.terms)) > 0) {
		err = models.Conflict("negotiation.error.sent_already")
	}
	return err
}

// addOffer writes an offer and the days on which its deliverables are due, which those before
// are replaced by.
func (w *work) addOffer(n row, o offer, before *terms.Terms, notes map[terms.Clause]string, key string) error {
	stored, err := json.Marshal(keptNotes(notes))
	if err != nil {
		return err
	}
	r := offerRow{
		NegotiationID: n.ID, Number: n.Offer, Side: w.Side, SentBy: *w.PersonID, Terms: o.terms.Encode(), Message: o.message, Notes: string(stored),
		FormKey: key, SentAt: w.Now, ExpiresAt: n.ExpiresAt,
	}
	err = w.QueueWrite(func(q *gorm.DB) *gorm.DB { return q.Create(&r) }, func(_ int64, err error) error {
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return errChanged()
		}
		return err
	})
	if err != nil {
		return err
	}
	days := offeredDaysOf(n.ID, o.terms)
	if before != nil {
		if slices.Equal(days, offeredDaysOf(n.ID, *before)) {
			return nil
		}
		if err := w.QueueWrite(func(q *gorm.DB) *gorm.DB { return q.Where("negotiation_id = ?", n.ID).Delete(&offeredDay{}) }, nil); err != nil {
			return err
		}
	}
	return w.QueueWrite(func(q *gorm.DB) *gorm.DB { return q.Create(&days) }, nil)
}

// dueMonthsOf counts the deliverables by the month (YYYY-MM) in which they are due.
func dueMonthsOf(t terms.Terms) map[string]int {
	months := map[string]int{}
	for _, x := range t.Deliverables {
		months[monthOf(x.DueOn)]++
	}
	return months
}

// monthOf is the month of a day (YYYY-MM).
func monthOf(d models.Date) string { return d.String()[:len("2006-01")] }

func offeredDaysOf(negotiation int64, t terms.Terms) []offeredDay {
	days := make([]offeredDay, len(t.Deliverables))
	for i, x := range t.Deliverables {
		days[i] = offeredDay{negotiation, x.Number, x.DueOn.String()}
	}
	return days
}

// keptNotes are the notes as they are stored.
func keptNotes(notes map[terms.Clause]string) map[terms.Clause]string {
	kept := map[terms.Clause]string{}
	for _, c := range terms.Clauses() {
		if note := text.Truncate(text.Paragraphs(notes[c]), MaxMessage); note != "" {
			kept[c] = note
		}
	}
	return kept
}

// errNewOffer says that there is a later offer than the one that was answered.
func errNewOffer(number int) error {
	return models.Conflict("negotiation.error.new_offer", "number", number)
}
