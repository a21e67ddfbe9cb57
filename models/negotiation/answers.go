package negotiation

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/deals"
)

// Accept agrees to an offer, which must be the latest, and returns the public id of the deal
// that carries it out.
func (s *Store) Accept(ctx context.Context, a models.Actor, negotiation string, number int) (deal string, err error) {
	err = s.answer(ctx, a, negotiation, ActionAccept, number, "", func(w *work, n row, done bool) error {
		if !done {
			deal, err = deals.PublicIDOf(w.Work, n.ID)
			return err
		}
		var r offerRow
		if err := w.Where("negotiation_id = ? AND number = ?", n.ID, n.Offer).Take(&r).Error; err != nil {
			return err
		}
		o, err := r.offer()
		if err != nil {
			return err
		}
		need, err := s.requireContract(w, n, o.Terms)
		if err != nil {
			return err
		}
		deal, err = deals.Begin(w.Work, deals.Agreement{
			NegotiationID: n.ID, Negotiation: n.PublicID, BrandID: n.BrandID, CreatorID: n.CreatorID, Terms: o.Terms, Zones: n.Zones, ContractRequired: need.IsRequired(),
		})
		return err
	})
	return deal, err
}

// Decline turns an offer down, which must be the latest, for a reason, which is required;
// errors name the field "reason". Number 0 is the latest, whichever it is.
func (s *Store) Decline(ctx context.Context, a models.Actor, negotiation string, number int, reason string) error {
	return s.answer(ctx, a, negotiation, ActionDecline, number, reason, nil)
}

// Withdraw takes one's own latest offer back.
func (s *Store) Withdraw(ctx context.Context, a models.Actor, negotiation string) error {
	return s.answer(ctx, a, negotiation, ActionWithdraw, 0, "", nil)
}

// answer closes an open negotiation. One whose time is over expires instead, whether or not
// the sweep has already reached it. number is the offer that is answered.
// then runs also where the same was done before.
func (s *Store) answer(ctx context.Context, a models.Actor, negotiation string, action Action, number int, reason string, then func(w *work, n row, done bool) error) error {
	return s.do(ctx, a, func(w *work) error {
		n, err := w.lock(a, negotiation)
		if err != nil {
			return err
		}
		if number != 0 && number != n.Offer {
			return errNewOffer(n.Offer)
		}
		if n.isOnlyTheOthers(action, w.Side) {
			return n.errOnlyTheOthers()
		}
		if number == 0 && action == ActionAccept {
			return errNewOffer(n.Offer)
		}
		act, wrong := deals.ReadFields(Table.Describe(action), deals.Answers{"reason": reason})
		if err := wrong.Err(); err != nil {
			return err
		}
		if action == ActionAccept && w.Side == models.SideBrand && n.State.IsOpen() && w.Now.Before(n.ExpiresAt) {
			if held, err := w.holdAcceptance(a, n); held || err != nil {
				return err
			}
		}
		subject := n.subject()
		done, err := negotiations.Do(w.Work, &subject, act)
		if err != nil || then == nil {
			return err
		}
		return then(w, n, done)
	})
}

// isOnlyTheOthers says whether an action is one that only the other side may do now.
func (r row) isOnlyTheOthers(action Action, side models.Side) bool {
	_, may := Table.Next(r.State, action, side)
	return r.State.IsOpen() && !may
}

// errOnlyTheOthers refuses such an action. Where it was this side's turn before, the page that
// it came from is no longer the latest.
func (r row) errOnlyTheOthers() error {
	if r.Offer > 1 {
		return errChanged()
	}
	return errNotYours()
}
