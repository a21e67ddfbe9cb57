package negotiation

import (
	"cmp"
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/places"
	"tribemarket/models/workflow/run"
)

// Sent is the result of sending the first offer.
type Sent struct {
	Negotiation string // public id
	Held        string // public id of the HeldProposal, where nothing is sent before the sender's address is confirmed, or before it is approved
	Asked       bool   // it is held because it has to be approved
	JoinSecret  string // for a creator who has not joined: part of the link that the brand passes on; shown once
}

// Propose begins a negotiation with an offer to a creator. Sending the same form twice leads
// to one negotiation; formKey identifies the form.
func (s *Store) Propose(ctx context.Context, a models.Actor, creatorPublicID string, form OfferForm, formKey string) (Sent, error) {
	c, err := s.findCreatorFor(ctx, a, creatorPublicID)
	if err != nil {
		return Sent{}, err
	}
	formKey = hashKey(formKey)
	if sent, err := s.sentBefore(ctx, a, c, form, formKey); err != nil || sent != (Sent{}) {
		return sent, err
	}
	// Only an offer that would be sent counts towards the limits; a repeated form has been
	// answered above.
	if _, err := form.read(anything, c.Location(), c.Location(), s.now()); err != nil {
		if fields := fieldsOf(err); len(fields) > 0 && form.Category == "" {
			limits, unread := s.creators.LimitsOf(ctx, c.ID)
			err = cmp.Or(unread, askCategoryToo(limits, fields))
		}
		return Sent{}, err
	}
	if err := s.mayPropose(ctx, a); err != nil {
		return Sent{}, err
	}
	sent, err := s.begin(ctx, a, c, form, formKey, heldRow{})
	if errors.Is(err, errOtherClick) {
		return s.sentBefore(ctx, a, c, form, formKey)
	}
	return sent, err
}

// findCreatorFor finds the creator to whom an actor wants to make a first offer.
func (s *Store) findCreatorFor(ctx context.Context, a models.Actor, publicID string) (c creators.Creator, err error) {
	switch {
	case !a.SignedIn():
		return c, models.SignInRequired()
	case a.BrandID == 0:
		return c, models.Forbidden("negotiation.error.brands_only")
	case !CanPropose(a):
		return c, models.Forbidden("negotiation.error.role")
	case !models.IsPublicID(publicID):
		return c, models.NotFound()
	}
	c, err = creators.FindCreatorByPublicID(s.db.Read(ctx), publicID)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = models.NotFound()
	}
	return c, err
}

// checkOwnProfile refuses an offer to oneself: nobody may be on both sides of a deal.
func (w *work) checkOwnProfile(a models.Actor, c creators.Creator) error {
	if c.PersonID == nil {
		return nil
	}
	own, err := accounts.ActsFor(w.DB, *c.PersonID, a.BrandID)
	if err == nil && own {
		err = models.Forbidden("negotiation.error.own_profile")
	}
	return err
}

// hashKey is what is stored of a form's key. It comes from a page and may be any text; its
// hash is one that every database accepts.
func hashKey(formKey string) string { return models.HashSecret(cmp.Or(formKey, models.NewSecret())) }

var errOtherClick = errors.New("the same form was sent a moment ago")

// sentBefore finds the negotiation that the same form led to. The same key with other
// answers comes from going back to a page and changing it: that needs a new form.
func (s *Store) sentBefore(ctx context.Context, a models.Actor, c creators.Creator, form OfferForm, formKey string) (Sent, error) {
	var n row
	err := s.db.Read(ctx).Where("brand_id = ? AND form_key = ?", a.BrandID, formKey).Limit(1).Find(&n).Error
	if err == nil && n.ID == 0 {
		return s.heldBefore(ctx, a, c, form, formKey)
	}
	if err != nil {
		return Sent{}, err
	}
	if n.CreatorID != c.ID {
		return Sent{}, models.Conflict("negotiation.error.sent_already")
	}
	var first offerRow
	if err := s.db.Read(ctx).Where("negotiation_id = ? AND number = 1", n.ID).Take(&first).Error; err != nil {
		return Sent{}, err
	}
	zone := n.Zones.Of(models.SideCreator)
	return Sent{Negotiation: n.PublicID}, form.requireSame(first, zone, zone)
}

// begin begins the negotiation, or keeps the offer where it may not be sent yet. shown is what
// is held and to be sent now, if it is.
func (s *Store) begin(ctx context.Context, a models.Actor, c creators.Creator, form OfferForm, formKey string, shown heldRow) (sent Sent, err error) {
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
		confirmed, err := accounts.HasConfirmedEmail(w.DB, a.PersonID)
		if err != nil {
			return err
		}
		held, err := w.lockHeld(a, c, form, o, formKey)
		if err != nil {
			return err
		}
		if held.State == HeldSent {
			return errOtherClick
		}
		if shown.ID != 0 && (held.ID != shown.ID || held.Version != shown.Version) {
			return heldOffers.Conflict(shown.State)
		}
		if sent.Asked, err = w.needsApproval(a, a.BrandID, who.Approves, o.terms); err != nil {
			return err
		}
		sent.Asked = sent.Asked && confirmed
		if held.ID == 0 || held.WrittenBy == a.PersonID {
			if err := deleteDraft(w.Tx, a, DraftKey{CreatorID: c.ID}); err != nil {
				return err
			}
		}
		if !confirmed || sent.Asked {
			sent.Held, err = w.holdFirst(a, c, form, o, held, formKey, sent.Asked)
			return err
		}
		if held.ID != 0 {
			subject := held.subject()
			if done, err := heldOffers.Do(w.Work, &subject, run.Act{Action: held.sendingAction(a.PersonID)}); err != nil || !done {
				return err
			}
		}
		sent, err = w.sendFirst(a, c, o, cmp.Or(held.PublicID, models.NewPublicID()), formKey)
		return err
	})
	if err != nil {
		return Sent{}, err
	}
	return sent, nil
}

// lockHeld locks what the form is held as, if it is. What it is written instead becomes it.
func (w *work) lockHeld(a models.Actor, c creators.Creator, form OfferForm, o offer, formKey string) (held heldRow, err error) {
	locked := w.Clauses(clause.Locking{Strength: "UPDATE"}).Where("brand_id = ?", a.BrandID).Limit(1).Session(&gorm.Session{})
	if err = locked.Where("form_key = ?", formKey).Find(&held).Error; err != nil || held.ID != 0 || !models.IsPublicID(form.Instead) {
		return held, err
	}
	err = locked.Where("public_id = ? AND creator_id = ? AND negotiation_id IS NULL AND state <> ?", form.Instead, c.ID, HeldSent).Find(&held).Error
	if err != nil || held.ID == 0 {
		return held, err
	}
	r, err := w.heldOf(a, c, form, o, formKey)
	if err != nil {
		return held, err
	}
	return w.changeHeld(held, r)
}

// holdFirst keeps a first offer that may not be sent yet, and asks whoever approves.
func (w *work) holdFirst(a models.Actor, c creators.Creator, form OfferForm, o offer, held heldRow, formKey string, asks bool) (publicID string, err error) {
	if held.ID == 0 {
		if held, err = w.hold(a, c, form, o, formKey); err != nil {
			return "", err
		}
	}
	if asks && held.State != HeldRefused {
		err = w.askApproval(&held, nil)
	}
	return held.PublicID, err
}

// sendFirst creates the negotiation with its first offer.
func (w *work) sendFirst(a models.Actor, c creators.Creator, o offer, publicID, formKey string) (sent Sent, err error) {
	n := row{
		PublicID: publicID, BrandID: a.BrandID, CreatorID: c.ID, BegunBy: a.PersonID, Began: w.Side, State: WithCreator, Version: 1,
		Offer: 1, Latest: latestOf(o.terms), OfferedAt: w.Now, FormKey: formKey, BegunAt: w.Now, ExpiresAt: o.expiresAt(WithCreator, c.Location(), w.Now),
	}
	if n.Zones, err = w.zonesOf(c, a); err != nil {
		return sent, err
	}
	n.RemindAt = Table.NextNotice(WithCreator, n.ExpiresAt, c.Location(), w.Now)
	if !c.IsClaimed() {
		sent.JoinSecret, n.JoinHash = newJoinSecret()
	}
	res := w.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "brand_id"}, {Name: "form_key"}}, DoNothing: true}).Create(&n)
	if res.Error != nil {
		return sent, res.Error
	}
	if res.RowsAffected == 0 {
		return sent, errOtherClick
	}
	sent.Negotiation = n.PublicID
	if err := w.addOffer(n, o, nil, nil, formKey); err != nil {
		return sent, err
	}
	return sent, negotiations.Begin(w.Work, n.ID, rootOf(n.ID))
}

// zonesOf are the time zones in which the days of an offer end: that of the creator, and that
// of the person who sends it or, if they never chose one, that of most of the brand's country.
func (w *work) zonesOf(c creators.Creator, sender models.Actor) (deals.Zones, error) {
	var from struct{ Zone, Country string }
	err := w.Raw(senderZoneSQL, sender.PersonID, sender.BrandID).Scan(&from).Error
	if from.Zone == "" || from.Zone == "UTC" {
		from.Zone = places.TimeZoneOfCountry(from.Country)
	}
	return deals.Zones{Zone: c.Location().String(), BrandZone: models.Zone(from.Zone).String()}, err
}
