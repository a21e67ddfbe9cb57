package deals

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/places"
)

// Sent is the result of sending a proposal.
type Sent struct {
	Proposal   string // public id
	Held       string // public id of the HeldProposal, where nothing is sent before the sender's address is confirmed
	JoinSecret string // for a creator who has not joined: part of the link that the brand passes on; shown once
}

// Propose sends a proposal to a creator. Sending the same form twice leads to one
// proposal; formKey identifies the form.
func (s *Store) Propose(ctx context.Context, a models.Actor, creatorPublicID string, form ProposalForm, formKey string) (Sent, error) {
	switch {
	case !a.SignedIn():
		return Sent{}, models.SignInRequired()
	case a.BrandID == 0:
		return Sent{}, models.Forbidden("deals.error.brands_only")
	case !CanPropose(a):
		return Sent{}, models.Forbidden("deals.error.role")
	case !isPublicID(creatorPublicID):
		return Sent{}, models.NotFound()
	}
	c, err := creators.FindCreatorByPublicID(s.db.Read(ctx), creatorPublicID)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Sent{}, models.NotFound()
	} else if err != nil {
		return Sent{}, err
	}
	if formKey == "" {
		formKey = models.NewSecret()
	}
	// The key comes from a page and may be any text; its hash is one that every database accepts.
	formKey = models.HashSecret(formKey)
	if sent, err := s.sentBefore(ctx, a, c, form, formKey); err != nil || sent != (Sent{}) {
		return sent, err
	}
	// Only a proposal that would be sent counts towards the limits; a repeated form has
	// been answered above.
	if _, err := form.readOffer(c.Location(), s.now()); err != nil {
		return Sent{}, err
	}
	if err := s.mayPropose(ctx, a); err != nil {
		return Sent{}, err
	}
	sent, err := s.createProposal(ctx, a, c, form, formKey)
	if errors.Is(err, errOtherClick) {
		return s.sentBefore(ctx, a, c, form, formKey)
	}
	return sent, err
}

var errOtherClick = errors.New("the same form was sent a moment ago")

// sentBefore finds the proposal that the same form led to. The same key with other
// answers comes from going back to a page and changing it: that needs a new form.
func (s *Store) sentBefore(ctx context.Context, a models.Actor, c creators.Creator, form ProposalForm, formKey string) (Sent, error) {
	var p proposalRow
	err := s.db.Read(ctx).Where("brand_id = ? AND form_key = ?", a.BrandID, formKey).Limit(1).Find(&p).Error
	if err == nil && p.ID == 0 {
		return s.heldBefore(ctx, a, c, form, formKey)
	}
	if err != nil {
		return Sent{}, err
	}
	items, _, err := s.itemsOfProposals(ctx, []int64{p.ID})
	if err != nil {
		return Sent{}, err
	}
	o, err := form.readOffer(p.Zones.of(models.SideCreator), p.SentAt)
	if err != nil {
		return Sent{}, err
	}
	if p.CreatorID != c.ID || p.Message != o.message || p.Category != cmp.Or(o.category, creators.OtherCategory) || p.Terms.terms() != o.terms || !slices.Equal(items[p.ID], o.items) {
		return Sent{}, models.Conflict("deals.error.sent_already")
	}
	return Sent{Proposal: p.PublicID}, nil
}

func (s *Store) createProposal(ctx context.Context, a models.Actor, c creators.Creator, form ProposalForm, formKey string) (sent Sent, err error) {
	err = s.do(ctx, a, func(w *work) error {
		w.Side = models.SideBrand
		if c.PersonID != nil { // nobody may be on both sides of a deal
			if own, err := accounts.ActsFor(w.DB, *c.PersonID, a.BrandID); err != nil {
				return err
			} else if own {
				return models.Forbidden("deals.error.own_profile")
			}
		}
		if err := w.checkReachable(a.BrandID, c); err != nil {
			return err
		}
		o, err := form.readOffer(c.Location(), w.Now)
		if err != nil {
			return err
		}
		if err := w.checkCreatorLimits(c.ID, o); err != nil {
			return err
		}
		if err := w.checkPlatforms(c.ID, o); err != nil {
			return err
		}
		if err := w.checkStartingPrices(c.ID, form, o); err != nil {
			return err
		}
		confirmed, err := accounts.HasConfirmedEmail(w.DB, a.PersonID)
		if err != nil {
			return err
		}
		var held heldRow
		if err := w.Where("brand_id = ? AND form_key = ?", a.BrandID, formKey).Limit(1).Find(&held).Error; err != nil {
			return err
		}
		if !confirmed && held.ID == 0 {
			held, err = w.hold(a, c.ID, form, o, formKey)
		}
		if !confirmed || err != nil {
			sent.Held = held.PublicID
			return err
		}
		p := proposalRow{
			PublicID: cmp.Or(held.PublicID, models.NewPublicID()), BrandID: a.BrandID, CreatorID: c.ID, SentBy: a.PersonID, State: Open, Version: 1,
			Message: o.message, Category: cmp.Or(o.category, creators.OtherCategory), Terms: columnsOf(o.terms), FormKey: formKey, SentAt: w.Now, ExpiresAt: o.expiresAt,
		}
		if p.Zones, err = w.zonesOf(c, a); err != nil {
			return err
		}
		p.RemindAt = ProposalTable.NextNotice(Open, p.ExpiresAt, c.Location(), w.Now)
		if !c.IsClaimed() {
			sent.JoinSecret, p.JoinHash = newJoinSecret()
		}
		res := w.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "brand_id"}, {Name: "form_key"}}, DoNothing: true}).Create(&p)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return errOtherClick
		}
		sent.Proposal = p.PublicID
		if held.ID != 0 {
			if err := w.Delete(&held).Error; err != nil {
				return err
			}
		}
		if err := w.createItems(p.ID, o.items); err != nil {
			return err
		}
		return proposals.Begin(w.Work, p.ID, rootOf(p.ID))
	})
	if err != nil {
		return Sent{}, err
	}
	return sent, nil
}

// heldBefore is sentBefore for a form that was kept rather than sent.
func (s *Store) heldBefore(ctx context.Context, a models.Actor, c creators.Creator, form ProposalForm, formKey string) (Sent, error) {
	var h heldRow
	err := s.db.Read(ctx).Where("brand_id = ? AND form_key = ?", a.BrandID, formKey).Limit(1).Find(&h).Error
	if err != nil || h.ID == 0 {
		return Sent{}, err
	}
	o, err := form.readOffer(c.Location(), h.WrittenAt)
	if err != nil {
		return Sent{}, err
	}
	same, err := form.plainForm(o)
	if err == nil && (h.CreatorID != c.ID || same != h.Form) {
		err = models.Conflict("deals.error.sent_already")
	}
	return Sent{Held: h.PublicID}, err
}

// zonesOf are the time zones in which the days of an offer end: that of the creator, and that
// of the person who sends it or, if they never chose one, that of most of the brand's country.
func (w *work) zonesOf(c creators.Creator, sender models.Actor) (zones, error) {
	var from struct{ Zone, Country string }
	err := w.Raw(senderZoneSQL, sender.PersonID, sender.BrandID).Scan(&from).Error
	if from.Zone == "" || from.Zone == "UTC" {
		from.Zone = places.TimeZoneOfCountry(from.Country)
	}
	return zones{c.Location().String(), models.Zone(from.Zone).String()}, err
}

func (w *work) createItems(proposalID int64, items []Item) error {
	rows := make([]itemRow, len(items))
	for i, it := range items {
		rows[i] = itemRow{
			ProposalID: proposalID, Number: it.Number, ContentType: it.ContentType,
			Format: it.Format, Platform: it.Platform, DueOn: it.DueOn.String(),
		}
	}
	return w.Create(&rows).Error
}
