package negotiation

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/creators"
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
	key := hashKey(answer.Key)
	err = s.do(ctx, a, func(w *work) error {
		n, err := w.lock(a, negotiation)
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
		o, err := w.readAnswer(n, action, answer)
		if err != nil {
			return err
		}
		number, subject.Agreed = n.Offer+1, o.last
		if _, err := negotiations.Do(w.Work, &subject, run.Act{Action: action, Input: sentOffer{number, latestOf(o.terms)}}); err != nil {
			return err
		}
		if err := deleteDraft(w.Tx, a, DraftKey{n.CreatorID, n.ID}); err != nil {
			return err
		}
		n.Offer, n.OfferedAt, n.ExpiresAt = number, w.Now, *subject.Deadline
		return w.addOffer(n, o, answer.Notes, key)
	})
	return number, err
}

// readAnswer reads an offer in answer to the latest one, which must be the one that the
// person was shown, and say something else.
func (w *work) readAnswer(n row, action Action, answer Answer) (offer, error) {
	if answer.To != n.Offer {
		return offer{}, errNewOffer(n.Offer)
	}
	c, err := creators.FindCreator(w.DB, n.CreatorID)
	if err != nil {
		return offer{}, err
	}
	var latest offerRow
	if err := w.Where("negotiation_id = ? AND number = ?", n.ID, n.Offer).Take(&latest).Error; err != nil {
		return offer{}, err
	}
	if action == ActionReplace && n.Offer > 1 {
		if err := w.checkReplacement(n, latest); err != nil {
			return offer{}, err
		}
	}
	var o offer
	if w.Side == models.SideBrand {
		o, err = w.readBrandsOffer(n.BrandID, c, answer.Form, n.ID)
	} else {
		o, err = w.readCreatorsOffer(n, c, answer.Form)
	}
	if err != nil {
		return offer{}, err
	}
	before, err := latest.offer()
	if err == nil && len(before.Terms.Differences(o.terms)) == 0 {
		err = models.Invalid("fee", "negotiation.invalid.same")
	}
	return o, err
}

// checkReplacement refuses to replace a replacement on the same day.
func (w *work) checkReplacement(n row, latest offerRow) error {
	var before offerRow
	err := w.Where("negotiation_id = ? AND number = ?", n.ID, n.Offer-1).Take(&before).Error
	if err == nil && before.Side == latest.Side && w.Now.Sub(latest.SentAt) < replaceAgain {
		err = models.Conflict("negotiation.error.replaced")
	}
	return err
}

// offeredBefore finds the offer that the same form made.
func (w *work) offeredBefore(n row, answer Answer, key string) (int, error) {
	var r offerRow
	err := w.Where("negotiation_id = ? AND form_key = ?", n.ID, key).Limit(1).Find(&r).Error
	if err != nil || r.ID == 0 {
		return 0, err
	}
	zone := n.Zones.Of(models.SideCreator)
	return r.Number, answer.Form.requireSame(r, zone, zone)
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

// addOffer writes an offer and the days on which its deliverables are due.
func (w *work) addOffer(n row, o offer, notes map[terms.Clause]string, key string) error {
	stored, err := json.Marshal(keptNotes(notes))
	if err != nil {
		return err
	}
	r := offerRow{
		NegotiationID: n.ID, Number: n.Offer, Side: w.Side, SentBy: *w.PersonID, Terms: o.terms.Encode(), Message: o.message, Notes: string(stored),
		FormKey: key, SentAt: w.Now, ExpiresAt: n.ExpiresAt,
	}
	if err := w.Create(&r).Error; err != nil {
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return errChanged()
		}
		return err
	}
	if err := w.Where("negotiation_id = ?", n.ID).Delete(&offeredDay{}).Error; err != nil {
		return err
	}
	days := make([]offeredDay, len(o.terms.Deliverables))
	for i, x := range o.terms.Deliverables {
		days[i] = offeredDay{n.ID, x.Number, x.DueOn.String()}
	}
	return w.Create(&days).Error
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
