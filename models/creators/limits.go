package creators

import (
	"slices"
	"strconv"
	"time"

	"tribemarket/models"
)

// CreatorLimits are the limits that a creator sets on proposals.
type CreatorLimits struct {
	Minimums          []MinimumFee
	RefusedCategories []string  // categories
	Capacity          int64     // deliverables due in a month; 0 for no limit
	Absences          []Absence // ordered by their first day
}

// HasAny says whether the creator has set any limits.
func (g CreatorLimits) HasAny() bool {
	return len(g.Minimums) > 0 || len(g.RefusedCategories) > 0 || g.Capacity > 0 || len(g.Absences) > 0
}

// MinimumFee is the least that a creator accepts for a deliverable of a format.
type MinimumFee struct {
	CreatorID int64  `gorm:"primaryKey"`
	Format    string `gorm:"primaryKey"`
	Currency  string `gorm:"primaryKey"`
	Minor     int64
}

// TableName is the table's name, for GORM.
func (MinimumFee) TableName() string { return "creator_minimums" }

// Money returns the minimum as an amount.
func (m MinimumFee) Money() models.Money { return models.Money{Minor: m.Minor, Currency: m.Currency} }

// Absence is a period in which nothing can be due, both days included.
type Absence struct {
	CreatorID int64  `gorm:"primaryKey"`
	FromOn    string `gorm:"primaryKey"` // YYYY-MM-DD
	ToOn      string
}

// TableName is the table's name, for GORM.
func (Absence) TableName() string { return "creator_absences" }

// MonthWithRoom is the first month from the given one, YYYY-MM, in which something more can
// be due, and how much; "" if there is no limit, or none within a year.
func (g CreatorLimits) MonthWithRoom(from string, busy map[string]int64) (month string, left int64) {
	at, err := time.Parse("2006-01", from)
	if err != nil || g.Capacity == 0 {
		return "", 0
	}
	for range 12 {
		month := at.Format("2006-01")
		if left := g.deliverablesLeft(month, busy); left > 0 {
			return month, left
		}
		at = at.AddDate(0, 1, 0)
	}
	return "", 0
}

// ProposedWork is the work that a proposal asks of a creator.
type ProposedWork struct {
	Category     string
	Fee          models.Money // without the value of gifts in kind
	Deliverables []ProposedDeliverable
}

// ProposedDeliverable is one deliverable of a proposal.
type ProposedDeliverable struct {
	Field  string // the name of its line in the form, such as deliverables[0]
	Format string
	DueOn  models.Date
	Again  []models.Date // when it is due in the further cycles of a repetition
}

// IsMonthFull says whether nothing more can be due in a month, by the rule of
// CheckProposedWork.
func (g CreatorLimits) IsMonthFull(month string, busy map[string]int64) bool {
	return g.Capacity > 0 && g.deliverablesLeft(month, busy) == 0
}

func (g CreatorLimits) deliverablesLeft(month string, busy map[string]int64) int64 {
	return max(0, g.Capacity-busy[month])
}

// CheckProposedWork reports what exceeds the creator's limits, at the field where it can
// be changed. busy is the number of deliverables already due or proposed in each month
// (YYYY-MM).
func (g CreatorLimits) CheckProposedWork(ask ProposedWork, busy map[string]int64) models.Fields {
	var wrong models.Fields
	switch {
	case ask.Category == "" && len(g.RefusedCategories) > 0:
		wrong.Add("category", "creators.guard.category_needed")
	case slices.Contains(g.RefusedCategories, ask.Category):
		wrong.Add("category", "creators.guard.category")
	}
	g.checkFee(&wrong, ask)
	g.checkDays(&wrong, ask, busy)
	return wrong
}

// checkDays compares each day with the absences, and what is due in its month with what the
// creator accepts; those of further cycles last, since one of them gives way to the first.
func (g CreatorLimits) checkDays(wrong *models.Fields, ask ProposedWork, busy map[string]int64) {
	planned := map[string]int64{}
	check := func(field string, due models.Date, away, capacity string) {
		day := due.String()
		for _, a := range g.Absences {
			if a.FromOn <= day && day <= a.ToOn {
				from, _ := models.ParseDate(a.FromOn)
				to, _ := models.ParseDate(a.ToOn)
				wrong.Add(field, away, "from", from, "to", to, "on", due)
			}
		}
		month := day[:len("2006-01")]
		planned[month]++
		if left := g.deliverablesLeft(month, busy); g.Capacity > 0 && planned[month] > left {
			wrong.Add(field, capacity, "most", g.Capacity, "n", left, "on", due)
		}
	}
	for _, p := range ask.Deliverables {
		check(p.Field+".due_on", p.DueOn, "creators.guard.away", "creators.guard.capacity")
	}
	for _, p := range ask.Deliverables {
		for _, due := range p.Again {
			check(p.Field+".due_on", due, "creators.guard.away_again", "creators.guard.capacity_again")
		}
	}
}

// checkFee adds up the minimums of all deliverables, in the fee's currency.
func (g CreatorLimits) checkFee(wrong *models.Fields, ask ProposedWork) {
	least := models.Money{Currency: ask.Fee.Currency}
	for _, p := range ask.Deliverables {
		m, other := g.minimumFor(p.Format, ask.Fee.Currency)
		if other != "" {
			wrong.Add("currency", "creators.guard.currency", "currency", other)
			return
		}
		least.Minor += m
	}
	if ask.Fee.Minor < least.Minor {
		wrong.Add("fee", "creators.guard.fee", "least", least)
	}
}

// minimumFor returns the minimum of a format in a currency, 0 for none. other is a
// currency that has a minimum, if this one has none.
func (g CreatorLimits) minimumFor(format, currency string) (minor int64, other string) {
	for _, m := range g.Minimums {
		switch {
		case m.Format != format:
		case m.Currency == currency:
			return m.Minor, ""
		case other == "":
			other = m.Currency
		}
	}
	return 0, other
}

// DeliverableFieldName is the name of a deliverable's line in the proposal form.
func DeliverableFieldName(i int) string { return "deliverables[" + strconv.Itoa(i) + "]" }
