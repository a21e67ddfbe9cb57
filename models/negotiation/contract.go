package negotiation

import (
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/terms"
)

// contractCase is an agreement on terms, which laws may ask a contract for.
func (r row) contractCase(country string, t terms.Terms) deals.ContractCase {
	return deals.ContractCase{BrandID: r.BrandID, CreatorID: r.CreatorID, Country: country, Zone: r.Zones.Of(models.SideCreator), Terms: t}
}

// requireContract says whether laws ask for a contract if both sides agree on the terms now.
func (s *Store) requireContract(w *work, r row, t terms.Terms) (contracts.Requirement, error) {
	c, err := creators.FindCreator(w.DB, r.CreatorID)
	if err != nil {
		return contracts.Requirement{}, err
	}
	return deals.RequireContract(w.DB, s.db.Keys, r.contractCase(c.Country, t), w.Now)
}
