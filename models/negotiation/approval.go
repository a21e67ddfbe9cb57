package negotiation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

// ApprovalAsked is the error of a verb that has sent nothing, because what it would send has to
// be approved. It is held, and whoever approves has been asked.
type ApprovalAsked struct {
	Held string // public id of the HeldProposal
}

// Error is the text of the error.
func (e *ApprovalAsked) Error() string { return "it has to be approved first" }

// needsApproval says whether what the actor offers or accepts for a brand has to be approved,
// if somebody approves there.
func (w *work) needsApproval(a models.Actor, brandID int64, approves bool, t terms.Terms) (bool, error) {
	if !approves || w.Side != models.SideBrand {
		return false, nil
	}
	rule, err := contracts.ReadApproval(w.DB, a, brandID, t)
	return rule != nil, err
}

// ReadApproval reads by which rule somebody else has to approve that the actor accepts the
// latest offer; nil where nobody has to, or the actor cannot accept it.
func (s *Store) ReadApproval(ctx context.Context, a models.Actor, n Negotiation) (*accounts.Approval, error) {
	if deals.ActsAs(a, n.Brand.ID, n.Creator.ID) != models.SideBrand || !Allowed(a, n, ActionAccept, s.now()) {
		return nil, nil
	}
	return contracts.ReadApproval(s.db.Read(ctx), a, n.Brand.ID, n.Latest.Terms)
}

// askApproval asks whoever approves to approve what is held, in an open negotiation n or in
// none; once.
func (w *work) askApproval(held *heldRow, n *row) error {
	if held.State == HeldAsked {
		return nil
	}
	subject := held.subject()
	subject.Agreed = models.DateOf(w.Now.In(held.zone())).AddDays(ApprovalDays)
	if n != nil {
		if last := models.DateOf(n.ExpiresAt.Add(-1).In(held.zone())); last.Before(subject.Agreed) {
			subject.Agreed = last
		}
	}
	if _, err := heldOffers.Do(w.Work, &subject, run.Act{Action: ActionAsk}); err != nil {
		return err
	}
	held.State = subject.State
	return nil
}

// heldAnswer is what a brand answers in a negotiation, as it is held.
type heldAnswer struct {
	Action Action
	To     int // the number of the offer that it answers
	Form   OfferForm
	Offer  offer
	Notes  map[terms.Clause]string
	Key    string // hashed
}

// holdAnswer keeps an answer and asks whoever approves. An earlier one in the same negotiation
// is no longer asked about.
func (w *work) holdAnswer(a models.Actor, n row, answer heldAnswer) error {
	form, err := answer.Form.plainForm(answer.Offer)
	if err != nil {
		return err
	}
	var r heldRow
	if err := w.Where("brand_id = ? AND form_key = ?", n.BrandID, answer.Key).Limit(1).Find(&r).Error; err != nil {
		return err
	}
	switch {
	case r.ID == 0:
		if r, err = w.createHeldAnswer(a, n, answer, form); err != nil {
			return err
		}
	case r.Form != form || r.State == HeldSent:
		return models.Conflict("negotiation.error.sent_already")
	}
	if r.State != HeldRefused {
		if err := w.askApproval(&r, &n); err != nil {
			return err
		}
	}
	w.Refuse(&ApprovalAsked{r.PublicID})
	return nil
}

// createHeldAnswer keeps an answer, in the place of an earlier one in the same negotiation.
func (w *work) createHeldAnswer(a models.Actor, n row, answer heldAnswer, form string) (r heldRow, err error) {
	notes, err := json.Marshal(keptNotes(answer.Notes))
	if err != nil {
		return r, err
	}
	r = heldRow{
		PublicID: models.NewPublicID(), BrandID: n.BrandID, CreatorID: n.CreatorID, WrittenBy: a.PersonID, FormKey: answer.Key, Form: form, WrittenAt: w.Now,
		Action: answer.Action, NegotiationID: &n.ID, AnswersTo: answer.To, Notes: string(notes), State: HeldUnconfirmed, Version: 1, Zone: n.Zones.Of(models.SideBrand).String(),
	}
	var earlier heldRow
	err = w.Clauses(clause.Locking{Strength: "UPDATE"}).Where("negotiation_id = ? AND state IN ?", n.ID, heldOpen()).Order("id DESC").Limit(1).Find(&earlier).Error
	switch {
	case err != nil:
		return r, err
	case earlier.ID != 0:
		return w.changeHeld(earlier, r)
	}
	return r, w.Create(&r).Error
}

// holdAcceptance holds the acceptance of the latest offer, if it has to be approved.
func (w *work) holdAcceptance(a models.Actor, n row) (held bool, err error) {
	var latest offerRow
	if err := w.Where("negotiation_id = ? AND number = ?", n.ID, n.Offer).Take(&latest).Error; err != nil {
		return false, err
	}
	o, err := latest.offer()
	if err != nil {
		return false, err
	}
	if needed, err := w.needsApproval(a, n.BrandID, true, o.Terms); err != nil || !needed {
		return false, err
	}
	return true, w.holdAnswer(a, n, heldAnswer{Action: ActionAccept, To: n.Offer, Offer: offer{terms: o.Terms}, Key: acceptanceKey(n.ID, n.Offer)})
}

func acceptanceKey(negotiation int64, number int) string {
	return hashKey(fmt.Sprint("accept ", negotiation, " ", number))
}

// followHeld answers LapseHeld: of what is held in a negotiation, the step that was made has
// been sent, and the rest answers an offer that is no longer the latest.
func followHeld(w *run.Work, events []run.Event) error {
	for _, e := range events {
		if a, known := e.About.(about); e.FromState == "" || known && a.HoldsNothing {
			continue
		}
		var held []heldRow
		if err := w.Where("negotiation_id = ? AND state = ?", e.SubjectID, HeldAsked).Find(&held).Error; err != nil {
			return err
		}
		for _, r := range held {
			if err := settleHeld(w, r, e); err != nil {
				return err
			}
		}
	}
	return nil
}

func settleHeld(w *run.Work, r heldRow, e run.Event) error {
	subject := r.subject()
	if err := heldOffers.ApplyOverdueDefault(w, &subject); err != nil || subject.State != HeldAsked {
		return err
	}
	sent, err := isHeldStep(w, r, e)
	if err != nil {
		return err
	}
	if !sent {
		if stays, err := stillAnswers(w, r); err != nil || stays {
			return err
		}
		return w.AsSystem(func() error {
			_, err := heldOffers.Do(w, &subject, run.Act{Action: ActionSupersede})
			return err
		})
	}
	_, err = heldOffers.Do(w, &subject, run.Act{Action: r.sendingAction(*e.PersonID)})
	return err
}

// isHeldStep says whether a step of a negotiation is the one that was held.
func isHeldStep(w *run.Work, r heldRow, e run.Event) (bool, error) {
	if e.Action != r.Action || e.PersonID == nil || e.Side != models.SideBrand {
		return false, nil
	}
	if r.Action == ActionAccept {
		return true, nil
	}
	var n int64
	err := w.Model(&offerRow{}).Where("negotiation_id = ? AND form_key = ?", e.SubjectID, r.FormKey).Count(&n).Error
	return n > 0, err
}

// stillAnswers says whether the offer that something held answers is still the latest of an
// open negotiation.
func stillAnswers(w *run.Work, r heldRow) (bool, error) {
	var n row
	err := w.Select("state, offer").Take(&n, *r.NegotiationID).Error
	return n.State.IsOpen() && n.Offer == r.AnswersTo, err
}

// sendingAction is how something held is sent by a person: approved if its writer asked.
func (r heldRow) sendingAction(personID int64) Action {
	if r.State == HeldAsked && personID != r.WrittenBy {
		return ActionApprove
	}
	return ActionSend
}

// sendHeldAnswer does what was held in a negotiation, as the actor.
func (s *Store) sendHeldAnswer(ctx context.Context, a models.Actor, held heldRow) (Sent, error) {
	var n row
	if err := s.db.Read(ctx).Take(&n, *held.NegotiationID).Error; err != nil {
		return Sent{}, err
	}
	sent := Sent{Negotiation: n.PublicID}
	if held.Action == ActionAccept {
		_, err := s.Accept(ctx, a, n.PublicID, held.AnswersTo)
		return held.resultOf(sent, err)
	}
	form, err := held.form()
	if err != nil {
		return Sent{}, err
	}
	answer := Answer{To: held.AnswersTo, Form: form}
	if err := json.Unmarshal([]byte(held.Notes), &answer.Notes); err != nil {
		return Sent{}, err
	}
	_, err = s.offerUnder(ctx, a, n.PublicID, held.Action, answer, held.FormKey)
	return held.resultOf(sent, err)
}

// resultOf is what has become of something held that was to be sent. Why it cannot be sent is
// a conflict that its page shows.
func (r heldRow) resultOf(sent Sent, err error) (Sent, error) {
	var asked *ApprovalAsked
	var e *models.Error
	switch {
	case errors.As(err, &asked) && r.State == HeldLapsed: // asked once more
		return Sent{Held: r.PublicID}, nil
	case errors.As(err, &asked):
		return Sent{}, models.Conflict("negotiation.held.error.asked")
	case errors.As(err, &e) && len(e.Fields) > 0:
		return Sent{}, models.Conflict(e.Fields[0].Key, e.Fields[0].Args...)
	case errors.As(err, &e) && e.Code == models.CodeForbidden:
		return Sent{}, models.Conflict(e.Key, e.Args...)
	}
	return sent, err
}

// RefuseHeldProposal says no to what somebody asked to be approved, as the actor was shown it,
// with a reason, which is required; errors name the field "reason". It stays for its writer to
// read.
func (s *Store) RefuseHeldProposal(ctx context.Context, a models.Actor, publicID string, version int, reason string) error {
	row, err := s.findHeld(ctx, a, publicID)
	if err != nil {
		return err
	}
	return s.do(ctx, a, func(w *work) error {
		w.Side = models.SideBrand
		rule, err := accounts.ReadApproval(w.DB, a.BrandID)
		if err != nil {
			return err
		}
		if !rule.CanApprove(a) {
			return models.Forbidden("negotiation.held.error.approver")
		}
		act, wrong := deals.ReadFields(HeldTable.Describe(ActionRefuse), deals.Answers{"reason": reason})
		if err := wrong.Err(); err != nil {
			return err
		}
		if err := deals.TakeLocked(w.Work, &row, "id = ?", row.ID); err != nil {
			return err
		}
		if row.State == HeldRefused && act.Note == row.Refusal { // the second click
			return nil
		}
		if row.Version != version {
			return heldOffers.Conflict(row.State)
		}
		subject := row.subject()
		_, err = heldOffers.Do(w.Work, &subject, act)
		return err
	})
}
