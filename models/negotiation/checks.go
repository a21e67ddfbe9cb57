package negotiation

import (
	"cmp"
	"errors"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
)

// readBrandsOffer reads what a brand offers a creator, with every rule of the creator's.
// Negotiation is the one that it belongs to, whose days it replaces; 0 for a new one.
func (w *work) readBrandsOffer(brandID int64, who standing, form OfferForm, negotiation int64) (offer, error) {
	if err := who.checkReachable(); err != nil {
		return offer{}, err
	}
	c := who.Creator
	may, err := w.permissionOf(brandID, c, form)
	if err != nil {
		return offer{}, err
	}
	o, err := form.read(may, c.Location(), c.Location(), w.Now)
	if fields := fieldsOf(err); len(fields) > 0 && who.Limited && form.Category == "" {
		limits, unread := creators.LockLimits(w.Tx, c.ID)
		return offer{}, cmp.Or(unread, askCategoryToo(limits, fields))
	}
	if err != nil {
		return offer{}, err
	}
	if who.Limited {
		if err := w.checkCreatorLimits(c.ID, o, negotiation); err != nil {
			return offer{}, err
		}
	}
	return o, who.checkPlatforms(o)
}

// askCategoryToo adds to what is wrong with a form that its creator needs to know the category,
// so that all that is missing is said at once.
func askCategoryToo(g creators.CreatorLimits, wrong models.Fields) error {
	if len(g.RefusedCategories) > 0 {
		wrong.Add("category", "creators.guard.category_needed")
	}
	return wrong.Err()
}

// readCreatorsOffer reads what a creator offers a brand.
func (w *work) readCreatorsOffer(n row, who standing, form OfferForm) (offer, error) {
	if err := who.checkReachable(); err != nil {
		return offer{}, err
	}
	c := who.Creator
	may, err := w.permissionOf(n.BrandID, c, form)
	if err != nil {
		return offer{}, err
	}
	o, err := form.read(may, n.Zones.Of(models.SideCreator), n.Zones.Of(models.SideBrand), w.Now)
	if err != nil {
		return offer{}, err
	}
	return o, who.checkPlatforms(o)
}

// fieldsOf is what is wrong with a form, by field.
func fieldsOf(err error) models.Fields {
	var e *models.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// permissionOf is what the law of the creator's country and the administrators allow a form.
func (w *work) permissionOf(brandID int64, c creators.Creator, form OfferForm) (may permission, err error) {
	may.unprintableLetter = w.unprintableLetter
	may.child = contracts.HasChildRule(c.Country, models.DateOf(w.Now.In(c.Location())))
	if form.Objective == terms.PoliticalObjective {
		may.political, err = accounts.MayHavePoliticalObjectives(w.DB, brandID)
	}
	return may, err
}

// checkCreatorLimits refuses an offer that is outside the creator's limits. Offers to one
// creator who has limits wait for each other here, so that two at once cannot exceed what the
// creator accepts per month.
func (w *work) checkCreatorLimits(creatorID int64, o offer, negotiation int64) error {
	g, err := creators.LockLimits(w.Tx, creatorID)
	if err != nil {
		return err
	}
	busy, err := w.deliverablesDuePerMonth(creatorID, negotiation)
	if err != nil {
		return err
	}
	return g.CheckProposedWork(o.proposedWork(1, o.terms.Cycles()), busy).Err()
}

// proposedWork is what an offer asks of a creator, from the cycle that its days are of to the
// last one.
func (o offer) proposedWork(cycle, last int) creators.ProposedWork {
	ask := creators.ProposedWork{Category: o.category, Fee: o.terms.FeeSum()}
	for i, x := range o.terms.Deliverables {
		p := creators.ProposedDeliverable{Field: creators.DeliverableFieldName(o.lines[i]), Format: x.Format, DueOn: x.DueOn}
		for ahead := 1; cycle+ahead <= last; ahead++ {
			p.Again = append(p.Again, x.DueOn.AddMonths(ahead))
		}
		ask.Deliverables = append(ask.Deliverables, p)
	}
	return ask
}

// deliverablesDuePerMonth counts a creator's deliverables by the month (YYYY-MM) in which
// they are due: those of deals that have not ended, of cycles that still begin, and of offers
// that can still be accepted, without the cycles to come and the offers of one negotiation.
func (w *work) deliverablesDuePerMonth(creatorID, except int64) (map[string]int64, error) {
	var rows []struct {
		Month            string
		N                int64
		Terms            string
		Begun, LastCycle int
	}
	err := w.Raw(duePerMonthSQL, creatorID, endedDeliverable, creatorID, Waiting(), w.Now, except,
		deals.RepetitionNoticed, creatorID, []deals.RepetitionState{deals.RepetitionRunning, deals.RepetitionNoticed}, except).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	all := make(map[string]int64, len(rows))
	for _, r := range rows {
		if r.Terms == "" {
			all[r.Month] += r.N
			continue
		}
		latest, err := terms.Decode(r.Terms)
		if err != nil {
			return nil, models.Internal("read what was agreed", err)
		}
		for ahead := 1; r.Begun+ahead <= cmp.Or(r.LastCycle, latest.Cycles()); ahead++ {
			for _, x := range latest.Deliverables {
				all[monthOf(x.DueOn.AddMonths(ahead))]++
			}
		}
	}
	return all, nil
}
