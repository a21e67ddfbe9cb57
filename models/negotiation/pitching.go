package negotiation

import (
	"context"
	"strconv"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/places"
)

// Entrance is a brand's door as a creator sees it before they write.
type Entrance struct {
	Brand     deals.Party
	Door      Door
	Obstacles []Obstacle // none if the creator may pitch now
}

// CanPitch says whether the actor may pitch to brands at all.
func CanPitch(a models.Actor) bool {
	return a.SignedIn() && !a.Suspended && a.CreatorID != 0 && a.BrandID == 0
}

// Entrance reads a brand's door, and what keeps the actor from pitching to it now.
func (s *Store) Entrance(ctx context.Context, a models.Actor, brandPublicID string) (Entrance, error) {
	k, err := s.knockAt(ctx, a, brandPublicID)
	if err != nil {
		return Entrance{}, err
	}
	who, err := s.deals.ReadParties(ctx, []int64{k.brandID}, []int64{a.CreatorID})
	return Entrance{Brand: who.Brands[k.brandID], Door: k.door, Obstacles: k.obstacles(s.now())}, err
}

// ObstaclesAt is Entrance without its brand.
func (s *Store) ObstaclesAt(ctx context.Context, a models.Actor, brandPublicID string) ([]Obstacle, error) {
	k, err := s.knockAt(ctx, a, brandPublicID)
	return k.obstacles(s.now()), err
}

func (s *Store) knockAt(ctx context.Context, a models.Actor, brandPublicID string) (knock, error) {
	if err := checkPitches(a, brandPublicID); err != nil {
		return knock{}, err
	}
	k, err := readKnock(s.db.Read(ctx), a, brandPublicID, s.db.Unlimited, s.now())
	if err == nil && k.brandID == 0 {
		err = models.NotFound()
	}
	return k, err
}

func checkPitches(a models.Actor, brandPublicID string) error {
	switch {
	case !a.SignedIn():
		return models.SignInRequired()
	case !CanPitch(a):
		return models.Forbidden("negotiation.error.creators_only")
	case !models.IsPublicID(brandPublicID):
		return models.NotFound()
	}
	return nil
}

// Pitch begins a negotiation with an offer of a creator to a brand and returns its public
// id. Sending the same form twice leads to one negotiation; formKey identifies the form.
func (s *Store) Pitch(ctx context.Context, a models.Actor, brandPublicID string, form OfferForm, words PitchForm, formKey string) (negotiation string, err error) {
	if err := checkPitches(a, brandPublicID); err != nil {
		return "", err
	}
	if err := s.db.CountUseOf(ctx, s.now(), models.Creations, strconv.FormatInt(a.PersonID, 10)); err != nil {
		return "", err
	}
	formKey = hashKey(formKey)
	err = s.do(ctx, a, func(w *work) error {
		w.Side = models.SideCreator
		if err := creators.LockCreator(w.Tx, a.CreatorID); err != nil { // a creator's pitches wait for each other
			return err
		}
		k, err := readKnock(w.DB, a, brandPublicID, s.db.Unlimited, w.Now)
		if err != nil {
			return err
		}
		if negotiation, err = w.pitchedBefore(a, k.brandID, form, words, formKey); err != nil || negotiation != "" {
			return err
		}
		if err := k.check(w.Now); err != nil {
			return err
		}
		if negotiation, err = w.sendPitch(a, k.brandID, form, words, formKey); err != nil {
			return err
		}
		return deleteDraft(w.Tx, a, DraftKey{CreatorID: a.CreatorID, ToBrandID: k.brandID})
	})
	if err != nil {
		return "", err
	}
	return negotiation, nil
}

// pitchedBefore finds the negotiation that the same form began.
func (w *work) pitchedBefore(a models.Actor, brandID int64, form OfferForm, words PitchForm, formKey string) (string, error) {
	var n row
	err := w.Where("brand_id = ? AND form_key = ?", brandID, formKey).Limit(1).Find(&n).Error
	if err != nil || n.ID == 0 {
		return "", err
	}
	if n.CreatorID != a.CreatorID {
		return "", models.Conflict("negotiation.error.sent_already")
	}
	var said pitchRow
	if err := w.Take(&said, n.ID).Error; err != nil {
		return "", err
	}
	if about, audience, _ := words.readWords(form.Message); about != said.About || audience != said.Audience {
		return "", models.Conflict("negotiation.error.sent_already")
	}
	var first offerRow
	if err := w.Where("negotiation_id = ? AND number = 1", n.ID).Take(&first).Error; err != nil {
		return "", err
	}
	return n.PublicID, form.requireSame(first, n.Zones.Of(models.SideCreator), n.Zones.Of(models.SideBrand))
}

// sendPitch creates the negotiation with its first offer and what the creator says.
func (w *work) sendPitch(a models.Actor, brandID int64, form OfferForm, words PitchForm, formKey string) (string, error) {
	n, who, err := w.beginPitch(a, brandID)
	if err != nil {
		return "", err
	}
	pitch, o, err := w.readPitch(n, who, form, words)
	if err != nil {
		return "", err
	}
	zone := n.Zones.Of(models.SideBrand)
	n.FormKey, n.Latest, n.ExpiresAt = formKey, latestOf(o.terms), o.expiresAt(WithBrand, zone, w.Now)
	n.RemindAt = Table.NextNotice(WithBrand, n.ExpiresAt, zone, w.Now)
	if err := w.Create(&n).Error; err != nil {
		return "", err
	}
	if err := w.addOffer(n, o, nil, nil, formKey); err != nil {
		return "", err
	}
	stored, err := pitch.row(n.ID)
	if err != nil {
		return "", err
	}
	if err := w.Create(&stored).Error; err != nil {
		return "", err
	}
	return n.PublicID, negotiations.Begin(w.Work, n.ID, rootOf(n.ID))
}

// beginPitch is the negotiation that a pitch begins, without its offer.
func (w *work) beginPitch(a models.Actor, brandID int64) (n row, who standing, err error) {
	if who, err = readStanding(w.DB, a, row{BrandID: brandID, CreatorID: a.CreatorID}); err != nil {
		return n, who, err
	}
	n = row{
		PublicID: models.NewPublicID(), BrandID: brandID, CreatorID: a.CreatorID, BegunBy: a.PersonID, Began: w.Side, State: WithBrand, Version: 1,
		Offer: 1, OfferedAt: w.Now, BegunAt: w.Now,
	}
	n.Zones, err = w.zonesOfPitch(who.Creator, brandID)
	return n, who, err
}

// readPitch reads all that was typed, and freezes the creator's figures.
func (w *work) readPitch(n row, who standing, form OfferForm, words PitchForm) (p Pitch, o offer, err error) {
	var wrong models.Fields
	p.About, p.Audience, wrong = words.readWords(form.Message)
	examples, more, err := words.readExamples(w.DB, n.CreatorID)
	if err != nil {
		return p, o, err
	}
	p.Examples, wrong = examples, append(wrong, more...)
	o, err = w.readCreatorsOffer(n, who, form)
	if models.CodeOf(err) == models.CodeInvalid {
		wrong = append(wrong, fieldsOf(err)...)
	} else if err != nil {
		return p, o, err
	}
	if err = wrong.Err(); err != nil {
		return p, o, err
	}
	p.Figures, err = creators.FreezeFigures(w.DB, n.CreatorID)
	return p, o, err
}

// zonesOfPitch are the time zones in which the days of a pitch end: that of the creator, and
// that of the brand's owner or, if they never chose one, of most of the brand's country.
func (w *work) zonesOfPitch(c creators.Creator, brandID int64) (deals.Zones, error) {
	var to struct{ Zone, Country string }
	err := w.Raw(brandZoneSQL, brandID).Scan(&to).Error
	if to.Zone == "" || to.Zone == "UTC" {
		to.Zone = places.TimeZoneOfCountry(to.Country)
	}
	return deals.Zones{Zone: c.Location().String(), BrandZone: models.Zone(to.Zone).String()}, err
}
