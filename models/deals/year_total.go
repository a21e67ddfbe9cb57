package deals

import (
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/models/terms"
)

// ContractCase is a brand and a creator who are about to agree on terms.
type ContractCase struct {
	BrandID   int64
	CreatorID int64
	Country   string         // of the creator's profile
	Zone      *time.Location // the creator's, in which the calendar year begins and ends
	Terms     terms.Terms

	// The deal whose terms these take the place of, and when it was agreed on: its sums count in
	// that year, and its present ones no longer. 0 for a new deal.
	Instead  int64
	AgreedAt time.Time
}

// RequireContract says whether laws ask for a written contract if the two agree now. The
// creator is established where they pay tax, and until they have said so in the country of
// their profile.
func RequireContract(q *gorm.DB, keys *models.Keyring, c ContractCase, now time.Time) (contracts.Requirement, error) {
	country, err := contracts.TaxCountry(q, keys, contracts.Party{Side: models.SideCreator, ID: c.CreatorID})
	if err != nil {
		return contracts.Requirement{}, err
	}
	if country == "" {
		country = c.Country
	}
	counted := now
	if c.Instead != 0 {
		counted = c.AgreedAt
	}
	total, err := yearTotal(q, c, counted)
	if err != nil {
		return contracts.Requirement{}, err
	}
	r := contracts.Require(contracts.LawsFor(country, c.Terms.Audience, models.DateOf(now.In(c.Zone))), total.With(c.Terms))
	r.Objective = c.Terms.Objective
	return r, nil
}

// yearTotal adds up what the two have agreed on in the calendar year of a moment, for the objective. A
// deal that names no objective counts for each. One that ended before anything was completed
// counts nothing.
func yearTotal(q *gorm.DB, c ContractCase, now time.Time) (total contracts.YearTotal, err error) {
	year := now.In(c.Zone).Year()
	from, until := models.Date{Year: year, Month: time.January, Day: 1}.StartIn(c.Zone), models.Date{Year: year + 1, Month: time.January, Day: 1}.StartIn(c.Zone)
	sum := q.Model(&dealRow{}).Where("brand_id = ? AND creator_id = ? AND agreed_at >= ? AND agreed_at < ?", c.BrandID, c.CreatorID, from.UTC(), until.UTC()).
		Where("ended_at IS NULL OR EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = deals.id AND x.state = ?)", Completed)
	if c.Instead != 0 {
		sum = sum.Where("deals.id <> ?", c.Instead)
	}
	if c.Terms.Objective != "" {
		sum = sum.Where("objective IN ?", []string{"", c.Terms.Objective})
	}
	var sums []struct {
		Currency string
		Minor    int64
		Open     int64
	}
	err = sum.Select("currency, sum(fee_minor + in_kind_minor) AS minor, sum(CASE WHEN open_commission THEN 1 ELSE 0 END) AS open").Group("currency").Order("currency").Scan(&sums).Error
	for _, s := range sums {
		total.Sums = append(total.Sums, models.Money{Minor: s.Minor, Currency: s.Currency})
		total.OpenCommission = total.OpenCommission || s.Open > 0
	}
	return total, err
}
