package negotiation

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
)

// Preview is an offer as it would be sent, with every check that sending makes.
type Preview struct {
	Offer Offer
	// What the creator's starting prices add up to, where a brand's fee is less; otherwise
	// zero. What is given in kind is no part of the fee.
	StartingPrices models.Money
	Contract       contracts.Requirement // if it is agreed on now
	Pitch          *Pitch                // of a pitch
	Approval       *accounts.Approval    // by which somebody else has to approve it first, if so
}

// PreviewFirstOffer reads a first offer as Propose would send it.
func (s *Store) PreviewFirstOffer(ctx context.Context, a models.Actor, creatorPublicID string, form OfferForm) (p Preview, err error) {
	c, err := s.findCreatorFor(ctx, a, creatorPublicID)
	if err != nil {
		return Preview{}, err
	}
	err = s.do(ctx, a, func(w *work) error {
		w.Side = models.SideBrand
		if err := w.checkOwnProfile(a, c); err != nil {
			return err
		}
		who, err := readStanding(w.DB, a, row{BrandID: a.BrandID, CreatorID: c.ID})
		if err != nil {
			return err
		}
		o, err := w.readBrandsOffer(a.BrandID, who, form, 0)
		if err != nil {
			return err
		}
		zones := deals.Zones{Zone: c.Location().String()}
		if p, err = w.preview(c.ID, WithCreator, zones, o); err != nil {
			return err
		}
		p.Offer.Number = 1
		if p.Approval, err = contracts.ReadApproval(w.DB, a, a.BrandID, o.terms); err != nil {
			return err
		}
		p.Contract, err = s.requireContract(w, row{BrandID: a.BrandID, CreatorID: c.ID, Zones: zones}, o.terms)
		return err
	})
	return p, err
}

// PreviewPitch reads a pitch as Pitch would send it.
func (s *Store) PreviewPitch(ctx context.Context, a models.Actor, brandPublicID string, form OfferForm, words PitchForm) (p Preview, err error) {
	if err := checkPitches(a, brandPublicID); err != nil {
		return Preview{}, err
	}
	err = s.do(ctx, a, func(w *work) error {
		w.Side = models.SideCreator
		k, err := readKnock(w.DB, a, brandPublicID, s.db.Unlimited, w.Now)
		if err != nil {
			return err
		}
		if err := k.check(w.Now); err != nil {
			return err
		}
		n, who, err := w.beginPitch(a, k.brandID)
		if err != nil {
			return err
		}
		pitch, o, err := w.readPitch(n, who, form, words)
		if err != nil {
			return err
		}
		if p, err = w.preview(n.CreatorID, WithBrand, n.Zones, o); err != nil {
			return err
		}
		p.Offer.Number, p.Pitch = 1, &pitch
		p.Contract, err = s.requireContract(w, n, o.terms)
		return err
	})
	return p, err
}

// PreviewAnswer reads an offer in answer to another, or in place of one's own, as Counter or
// Replace would send it.
func (s *Store) PreviewAnswer(ctx context.Context, a models.Actor, negotiation string, action Action, answer Answer) (p Preview, err error) {
	err = s.do(ctx, a, func(w *work) error {
		n, who, err := w.lockToOffer(a, negotiation)
		if err != nil {
			return err
		}
		step, may := Table.Next(n.State, action, w.Side)
		switch {
		case !n.State.IsOpen():
			return errChanged()
		case !w.Now.Before(n.ExpiresAt):
			return negotiations.Conflict(Expired)
		case !may:
			return n.errOnlyTheOthers()
		}
		before, err := terms.Decode(who.Latest)
		if err != nil {
			return err
		}
		o, err := w.readAnswer(n, who, before, action, answer)
		if err != nil {
			return err
		}
		if p, err = w.preview(n.CreatorID, step.To, n.Zones, o); err != nil {
			return err
		}
		p.Offer.Number, p.Offer.Notes = n.Offer+1, keptNotes(answer.Notes)
		if w.Side == models.SideBrand {
			if p.Approval, err = contracts.ReadApproval(w.DB, a, n.BrandID, o.terms); err != nil {
				return err
			}
		}
		p.Contract, err = s.requireContract(w, n, o.terms)
		return err
	})
	return p, err
}

// preview is an offer that leads to a state, where days end in the zones.
func (w *work) preview(creatorID int64, to State, zones deals.Zones, o offer) (p Preview, err error) {
	answers := Table.Rule(to).Waits
	p.Offer = Offer{Side: w.Side, Terms: o.terms, Message: o.message, SentAt: w.Now, ExpiresAt: o.expiresAt(to, zones.Of(answers), w.Now)}
	if w.Side == models.SideBrand {
		p.StartingPrices, err = w.startingPricesAbove(creatorID, o)
	}
	return p, err
}

// startingPricesAbove adds up the starting prices of what an offer asks for, and returns the
// sum if the fee is less. Formats without a price, or with one in another currency,
// count nothing.
func (w *work) startingPricesAbove(creatorID int64, o offer) (models.Money, error) {
	prices, err := creators.StartingPricesOf(w.DB, creatorID)
	if err != nil {
		return models.Money{}, err
	}
	sum := models.Money{Currency: o.terms.Currency}
	for _, x := range o.terms.Deliverables {
		if p := prices[x.Format]; p.Currency == sum.Currency {
			sum.Minor += p.Minor
		}
	}
	if o.terms.FeeSum().Minor >= sum.Minor {
		return models.Money{}, nil
	}
	return sum, nil
}
