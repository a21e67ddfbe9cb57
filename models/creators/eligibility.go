package creators

import (
	"context"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
)

// recentWindow is the period of the views and posts that a programme requires.
const recentWindow = 30 * 24 * time.Hour

// EligibilityFigures are the figures of an account that a programme judges.
type EligibilityFigures struct {
	Followers int64
	Views30   *int64 // of the posts of the 30 days before AsOf; nil if unknown
	Posts30   *int64
	AsOf      time.Time
	Age       *int64 // of the creator, in whole years; nil if not stated
}

// ConditionOutcome says whether a programme's condition is met.
type ConditionOutcome string

// The outcomes. What is unknown is not held against anybody who is listed.
const (
	OutcomeMet     ConditionOutcome = "met"
	OutcomeMissing ConditionOutcome = "missing"
	OutcomeUnknown ConditionOutcome = "unknown"
)

// EligibilityCondition is one condition of a programme.
type EligibilityCondition struct {
	Name     string // followers, views_30, posts_30 or age
	Required int64
	Actual   *int64 // nil if unknown
	Outcome  ConditionOutcome
}

// CheckConditions compares figures with a floor: one condition for each number that the
// floor requires.
func (f ProgrammeFloor) CheckConditions(st EligibilityFigures) []EligibilityCondition {
	var all []EligibilityCondition
	add := func(name string, asked int64, has *int64) {
		c := EligibilityCondition{Name: name, Required: asked, Actual: has, Outcome: OutcomeUnknown}
		switch {
		case asked == 0:
			return
		case has != nil && *has >= asked:
			c.Outcome = OutcomeMet
		case has != nil:
			c.Outcome = OutcomeMissing
		}
		all = append(all, c)
	}
	add("followers", f.Followers, &st.Followers)
	add("views_30", f.Views30, st.Views30)
	add("posts_30", f.Posts30, st.Posts30)
	add("age", f.MinAge, st.Age)
	return all
}

// CombineOutcomes returns the outcome of all conditions: missing if any is, else
// unknown if any is.
func CombineOutcomes(all []EligibilityCondition) ConditionOutcome {
	out := OutcomeMet
	for _, c := range all {
		if c.Outcome == OutcomeMissing {
			return OutcomeMissing
		}
		if c.Outcome == OutcomeUnknown {
			out = OutcomeUnknown
		}
	}
	return out
}

// allowsListing says whether the floor allows an account to be listed.
func (f ProgrammeFloor) allowsListing(st EligibilityFigures) bool {
	return CombineOutcomes(f.CheckConditions(st)) != OutcomeMissing
}

// AgeInYears returns a person's age in whole years on a day. People born on 29
// February turn a year older on 1 March in other years.
func AgeInYears(born, on models.Date) int64 {
	years := int64(on.Year - born.Year)
	if on.Month < born.Month || on.Month == born.Month && on.Day < born.Day {
		years--
	}
	return years
}

// postingActivity is what an account posted in the last 30 days before it was read.
type postingActivity struct {
	AccountID int64
	Posts     int64
	Views     int64
	Hidden    int64 // posts without a view count
}

// eligibilityFigures returns the account's figures, with the creator's age.
func (a *Account) eligibilityFigures(x postingActivity, age *int64) EligibilityFigures {
	st := EligibilityFigures{Followers: a.Followers, AsOf: a.AsOf, Age: age}
	if a.Source == SourceVerified {
		st.Posts30 = &x.Posts
		if x.Hidden < x.Posts || x.Posts == 0 {
			st.Views30 = &x.Views
		}
	}
	return st
}

// readPostingActivity sums up the recent posts of verified accounts: imported ones may
// be incomplete.
func readPostingActivity(g *gorm.DB, accountIDs []int64) (map[int64]postingActivity, error) {
	all := map[int64]postingActivity{}
	if len(accountIDs) == 0 {
		return all, nil
	}
	var accounts []Account
	err := g.Select("id", "as_of").Where("id IN ? AND source = ?", accountIDs, SourceVerified).Find(&accounts).Error
	if err != nil || len(accounts) == 0 {
		return all, err
	}
	ids, earliest, asOf := make([]int64, len(accounts)), accounts[0].AsOf, map[int64]time.Time{}
	for i, a := range accounts {
		ids[i], asOf[a.ID] = a.ID, a.AsOf
		if a.AsOf.Before(earliest) {
			earliest = a.AsOf
		}
	}
	var posts []Post
	err = g.Select("account_id", "posted_at", "views").Where("account_id IN ? AND posted_at > ?", ids, earliest.Add(-recentWindow).UTC()).Find(&posts).Error
	for _, p := range posts {
		at := asOf[p.AccountID]
		if !p.PostedAt.After(at.Add(-recentWindow)) || p.PostedAt.After(at) {
			continue
		}
		x := all[p.AccountID]
		x.AccountID, x.Posts = p.AccountID, x.Posts+1
		if p.Views != nil {
			x.Views += *p.Views
		} else {
			x.Hidden++
		}
		all[p.AccountID] = x
	}
	return all, err
}

// BirthDate is the date of birth that a creator has stated.
type BirthDate struct {
	CreatorID  int64 `gorm:"primaryKey"`
	BornOn     string
	DeclaredAt time.Time
}

// TableName is the table's name, for GORM.
func (BirthDate) TableName() string { return "creator_births" }

// readAges reads the ages of creators who have stated their date of birth.
func readAges(g *gorm.DB, creatorIDs []int64, now time.Time) (map[int64]*int64, error) {
	var rows []BirthDate
	all := map[int64]*int64{}
	if len(creatorIDs) == 0 {
		return all, nil
	}
	err := g.Where("creator_id IN ?", creatorIDs).Find(&rows).Error
	for _, b := range rows {
		if born, err := models.ParseDate(b.BornOn); err == nil {
			all[b.CreatorID] = new(AgeInYears(born, models.DateOf(now.UTC())))
		}
	}
	return all, err
}

// ProgrammeEligibility is a programme with each account's eligibility.
type ProgrammeEligibility struct {
	Programme ProgrammeKey
	Accounts  []AccountEligibility
}

// AccountEligibility is an account with a programme's conditions.
type AccountEligibility struct {
	Account    Account
	Floor      ProgrammeFloor
	AsOf       time.Time
	Conditions []EligibilityCondition
	Outcome    ConditionOutcome
}

// Eligibility is what a creator sees of the programmes.
type Eligibility struct {
	Creator    Creator
	Programmes []ProgrammeEligibility
	BornOn     string // YYYY-MM-DD, "" if not stated
}

// OwnEligibility says for each programme and account of the actor which
// conditions are met and which are missing.
func (s *Store) OwnEligibility(ctx context.Context, actor models.Actor) (Eligibility, error) {
	var c struct {
		Creator
		BornOn string
	}
	g := s.db.Read(ctx)
	err := g.Raw("SELECT c.*, coalesce(b.born_on, '') AS born_on FROM creators c LEFT JOIN creator_births b ON b.creator_id = c.id WHERE c.id = ?", actor.CreatorID).Scan(&c).Error
	if err != nil {
		return Eligibility{}, models.Internal("read who is eligible", err)
	}
	if !CanEditProfile(actor, c.Creator) {
		return Eligibility{}, models.NotFound()
	}
	e := Eligibility{Creator: c.Creator}
	programmes, err := s.ListProgrammes(ctx)
	if err != nil {
		return e, err
	}
	var accounts []Account
	if err := g.Where("creator_id = ?", c.ID).Order("followers DESC, id").Find(&accounts).Error; err != nil {
		return e, models.Internal("read who is eligible", err)
	}
	ids := make([]int64, len(accounts))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	active, err := readPostingActivity(g, ids)
	if err != nil {
		return e, models.Internal("read who is eligible", err)
	}
	var age *int64
	if born, err := models.ParseDate(c.BornOn); err == nil {
		e.BornOn, age = c.BornOn, new(AgeInYears(born, models.DateOf(s.clock().In(c.Location()))))
	}
	for _, p := range programmes {
		m := ProgrammeEligibility{Programme: p.Key}
		for _, a := range accounts {
			f := p.FloorFor(a.Platform, c.Country)
			all := f.CheckConditions(a.eligibilityFigures(active[a.ID], age))
			m.Accounts = append(m.Accounts, AccountEligibility{a, f, a.AsOf, all, CombineOutcomes(all)})
		}
		e.Programmes = append(e.Programmes, m)
	}
	return e, nil
}
