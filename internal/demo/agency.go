package demo

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/accounts"
)

// Among the demo's brands: whose member has an agency too, and which brand it acts for.
const (
	agencyOwner  = 3
	agencyClient = 2
)

// foundAgency gives one member several brands to switch between: their own, an agency that
// they founded, and the brand that has asked the agency to act for it.
func (m *worldMaker) foundAgency(ctx context.Context, w *World) error {
	owner := m.brands[agencyOwner]
	form := accounts.BrandForm{Name: "Bureau Papierlicht", Site: "https://papierlicht.example", Country: "BE", Sells: "Campagnes met creators", Kind: accounts.KindAgency}
	agency, err := m.app.Accounts.FoundBrand(ctx, owner, form)
	if err != nil {
		return err
	}
	if err := m.app.Accounts.OfferMandate(ctx, m.brands[agencyClient], agency.PublicID, models.RoleManager); err != nil {
		return err
	}
	owner.BrandID, owner.Role = agency.ID, models.RoleOwner
	_, clients, err := m.app.Accounts.Mandates(ctx, owner)
	if err != nil {
		return err
	}
	for _, c := range clients {
		if err := m.app.Accounts.AcceptMandate(ctx, owner, c.PublicID); err != nil {
			return err
		}
	}
	m.agent = models.Actor{PersonID: owner.PersonID, BrandID: m.brands[agencyClient].BrandID, AgencyID: agency.ID, Role: models.RoleManager, Locale: owner.Locale}
	w.Brands[agencyOwner].Note = "also for " + agency.Name + " and its client " + demoBrands[agencyClient].name
	return nil
}
