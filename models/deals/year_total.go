package deals

import (
	"cmp"
	"slices"
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
	Cycle    int // of that deal
	Last     int // the last cycle that begins, 0 for as many as the terms say
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
	totals, err := yearTotals(q, c, counted)
	if err != nil {
		return contracts.Requirement{}, err
	}
	r := strictest(contracts.LawsFor(country, c.Terms.Audience, models.DateOf(now.In(c.Zone))), totals)
	r.Objective = c.Terms.Objective
	return r, nil
}

// strictest is what laws ask for because of the years of an agreement: the first year that asks
// for a contract, or else the first that comes near.
func strictest(laws []contracts.Law, years []contracts.YearTotal) contracts.Requirement {
	all := make([]contracts.Requirement, len(years))
	for i, total := range years {
		all[i] = contracts.Require(laws, total)
	}
	for _, is := range []func(contracts.Requirement) bool{
		contracts.Requirement.IsRequired, func(r contracts.Requirement) bool { return r.Reason != contracts.NoReason },
	} {
		if i := slices.IndexFunc(all, is); i >= 0 {
			return all[i]
		}
	}
	return all[0]
}

// yearTotals adds up, for each calendar year in which a cycle of the terms begins, what the two
// have agreed on for the objective, with these terms. A cycle counts in the year in which it
// begins, whether it has begun or is still to come. A deal that names no objective counts for
// each. One that ended before anything was completed counts nothing.
func yearTotals(q *gorm.DB, c ContractCase, now time.Time) ([]contracts.YearTotal, error) {
	today := models.DateOf(now.In(c.Zone))
	from := models.Date{Year: today.Year, Month: time.January, Day: 1}.StartIn(c.Zone)
	counted := q.Model(&dealRow{}).Joins("LEFT JOIN repetitions r ON r.negotiation_id = deals.negotiation_id AND r.begun = deals.cycle AND r.begins_at IS NOT NULL").
		Where("brand_id = ? AND creator_id = ? AND (agreed_at >= ? OR r.id IS NOT NULL)", c.BrandID, c.CreatorID, from.UTC()).
		Where("ended_at IS NULL OR EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = deals.id AND x.state = ?)", Completed)
	if c.Instead != 0 {
		counted = counted.Where("deals.id <> ?", c.Instead)
	}
	if c.Terms.Objective != "" {
		counted = counted.Where("objective IN ?", []string{"", c.Terms.Objective})
	}
	var rows []countedDeal
	err := counted.Select("deals.terms", "deals.agreed_at", "deals.cycle", "r.begins_at", "r.last_cycle", "r.state").Order("deals.id").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var years []contracts.YearTotal
	schedule := c.Terms.Schedule(today)
	ahead := max(1, cmp.Or(c.Last, schedule.Months)-max(0, c.Cycle-1))
	for cycle := 1; cycle <= ahead; cycle++ {
		i := schedule.DayOf(cycle).Year - today.Year
		for len(years) <= i {
			total, err := addUp(rows, today.Year+len(years), c.Zone)
			if err != nil {
				return nil, err
			}
			years = append(years, total)
		}
		years[i] = years[i].With(c.Terms)
	}
	return years, nil
}

// countedDeal is a deal that counts in a year, and what is still to come after it.
type countedDeal struct {
	Terms     string
	AgreedAt  time.Time
	Cycle     int
	BeginsAt  *time.Time // the next cycle; nil where none follows
	LastCycle int
	State     RepetitionState
}

// addUp adds up the deals of a calendar year.
func addUp(rows []countedDeal, year int, zone *time.Location) (total contracts.YearTotal, err error) {
	total.Year = year
	for _, d := range rows {
		agreed, err := terms.Decode(d.Terms)
		if err != nil {
			return total, err
		}
		if d.AgreedAt.In(zone).Year() == year {
			total = total.With(agreed)
		}
		if d.BeginsAt == nil {
			continue
		}
		last := agreed.Cycles()
		if d.State == RepetitionNoticed {
			last = d.LastCycle
		}
		next := models.DateOf(d.BeginsAt.In(zone))
		for cycle := d.Cycle + 1; cycle <= last; cycle++ {
			if next.AddMonths(cycle-d.Cycle-1).Year == year {
				total = total.With(agreed)
			}
		}
	}
	return total, nil
}
