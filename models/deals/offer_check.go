package deals

import (
	"slices"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// checkPlatforms refuses deliverables on a platform where the creator has no account.
func (w *work) checkPlatforms(creatorID int64, o offer) error {
	own, err := creators.PlatformsOf(w.DB, creatorID)
	if err != nil {
		return err
	}
	var wrong models.Fields
	for i, it := range o.items {
		field := creators.DeliverableFieldName(o.lines[i]) + ".platform"
		if _, told := wrong.Get(field); !told && !slices.Contains(own, it.Platform) {
			wrong.Add(field, "deals.invalid.platform_creator")
		}
	}
	return wrong.Err()
}

// checkStartingPrices asks once whether a proposal shall be sent for less than the creator
// asks for at least. Formats without a price, or with one in another currency, count nothing.
func (w *work) checkStartingPrices(creatorID int64, form ProposalForm, o offer) error {
	if form.BelowPrice == "yes" {
		return nil
	}
	prices, err := creators.StartingPricesOf(w.DB, creatorID)
	if err != nil {
		return err
	}
	least := models.Money{Currency: o.terms.Fee.Currency}
	for _, it := range o.items {
		if p := prices[it.Format]; p.Currency == least.Currency {
			least.Minor += p.Minor
		}
	}
	if o.terms.Fee.Minor+o.terms.InKindValue.Minor < least.Minor {
		return models.Invalid("below_price", "deals.invalid.below_price", "least", least)
	}
	return nil
}
