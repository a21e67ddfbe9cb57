package creators

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/db"
)

// Bounds of what limits can be set.
const (
	MaxCapacity          = 200
	MaxMinimumsPerFormat = 2  // currencies per format
	MaxAbsences          = 10 // periods
)

// limitTables are the tables of limits.
var limitTables = []string{"creator_limits", "creator_minimums", "creator_refusals", "creator_absences"}

// MonthlyCapacity is how many deliverables a creator accepts in a month.
type MonthlyCapacity struct {
	CreatorID int64 `gorm:"primaryKey"`
	Capacity  int64
}

// TableName is the table's name, for GORM.
func (MonthlyCapacity) TableName() string { return "creator_limits" }

// RefusedCategory is a category that a creator refuses.
type RefusedCategory struct {
	CreatorID int64  `gorm:"primaryKey"`
	Category  string `gorm:"primaryKey"`
}

// TableName is the table's name, for GORM.
func (RefusedCategory) TableName() string { return "creator_refusals" }

// LimitsOf reads a creator's limits, in one query. Past absences are left out.
func (s *Store) LimitsOf(ctx context.Context, creatorID int64) (CreatorLimits, error) {
	g, err := readLimits(s.db.Read(ctx), creatorID, s.earliestToday())
	if err != nil {
		return g, models.Internal("read a creator's limits", err)
	}
	return g, nil
}

// earliestToday is the day that it still is somewhere.
func (s *Store) earliestToday() models.Date { return models.DateOf(s.clock().UTC().AddDate(0, 0, -1)) }

// LockLimits is LimitsOf with the creator locked, and with past absences.
func LockLimits(tx *db.Tx, creatorID int64) (CreatorLimits, error) {
	if err := LockCreator(tx, creatorID); err != nil {
		return CreatorLimits{}, err
	}
	return readLimits(tx.DB, creatorID, models.Date{})
}

// HasLimitsSQL is the condition that a creator, whom the column names, has set limits.
func HasLimitsSQL(creator string) string {
	var conditions []string
	for _, table := range limitTables {
		conditions = append(conditions, "EXISTS (SELECT 1 FROM "+table+" x WHERE x.creator_id = "+creator+")")
	}
	return "(" + strings.Join(conditions, " OR ") + ")"
}

func readLimits(g *gorm.DB, creatorID int64, from models.Date) (CreatorLimits, error) {
	var rows []struct {
		Kind, Value, Extra string
		N                  int64
	}
	err := g.Raw(`SELECT 'capacity' AS kind, '' AS value, '' AS extra, capacity AS n FROM creator_limits WHERE creator_id = ?
		UNION ALL SELECT 'minimum', format, currency, minor FROM creator_minimums WHERE creator_id = ?
		UNION ALL SELECT 'refused', category, '', 0 FROM creator_refusals WHERE creator_id = ?
		UNION ALL SELECT 'away', from_on, to_on, 0 FROM creator_absences WHERE creator_id = ? AND to_on >= ?
		ORDER BY 1, 2, 3`, creatorID, creatorID, creatorID, creatorID, from.String()).Scan(&rows).Error
	var out CreatorLimits
	for _, r := range rows {
		out.addRow(creatorID, r.Kind, r.Value, r.Extra, r.N)
	}
	out.sort()
	return out, err
}

// addRow adds one stored limit.
func (g *CreatorLimits) addRow(creatorID int64, kind, value, extra string, n int64) {
	switch kind {
	case "capacity":
		g.Capacity = n
	case "minimum":
		g.Minimums = append(g.Minimums, MinimumFee{creatorID, value, extra, n})
	case "refused":
		g.RefusedCategories = append(g.RefusedCategories, value)
	case "away":
		g.Absences = append(g.Absences, Absence{creatorID, value, extra})
	}
}

// sort puts categories and formats in the order of their lists.
func (g *CreatorLimits) sort() {
	sortByList(g.RefusedCategories, content.Categories(), func(c string) string { return c })
	slices.SortStableFunc(g.Minimums, func(a, b MinimumFee) int {
		return cmp.Compare(slices.Index(content.Formats(), a.Format), slices.Index(content.Formats(), b.Format))
	})
}

// OwnLimits reads the actor's own limits.
func (s *Store) OwnLimits(ctx context.Context, actor models.Actor) (Creator, CreatorLimits, error) {
	c, err := s.readCreator(ctx, "id = ?", actor.CreatorID)
	if err != nil {
		return c, CreatorLimits{}, err
	}
	if !CanEditProfile(actor, c) {
		return c, CreatorLimits{}, models.NotFound()
	}
	g, err := s.LimitsOf(ctx, c.ID)
	return c, g, err
}

// LimitsForm is a creator's limits, as typed. The fields are called capacity,
// refused, minimum_FORMAT_N, away_from_N and away_to_N, N from 1.
type LimitsForm struct {
	Capacity          string
	RefusedCategories []string
	Minimums          []MinimumFeeForm
	Absences          []AbsenceForm
}

// MinimumFeeForm is a minimum as typed; an empty amount is none.
type MinimumFeeForm struct {
	Format, Amount, Currency string // the amount is a plain decimal, as models.ParseMoney reads it
	N                        int
}

// FieldName is the name of the minimum's field.
func (f MinimumFeeForm) FieldName() string { return fmt.Sprintf("minimum_%s_%d", f.Format, f.N) }

// AbsenceForm is an absence as typed.
type AbsenceForm struct{ From, To string }

// SetLimits replaces the actor's limits. They apply to proposals sent from now
// on.
func (s *Store) SetLimits(ctx context.Context, actor models.Actor, f LimitsForm) error {
	g, err := f.parseLimits()
	if err != nil {
		return err
	}
	return s.changeOwnProfile(ctx, actor, "keep limits", func(tx *db.Tx, c *Creator) error {
		for _, table := range limitTables {
			if err := tx.Exec("DELETE FROM "+table+" WHERE creator_id = ?", c.ID).Error; err != nil {
				return err
			}
		}
		var errs []error
		if g.Capacity > 0 {
			errs = append(errs, tx.Create(&MonthlyCapacity{c.ID, g.Capacity}).Error)
		}
		for _, m := range g.Minimums {
			m.CreatorID = c.ID
			errs = append(errs, tx.Create(&m).Error)
		}
		for _, r := range g.RefusedCategories {
			errs = append(errs, tx.Create(&RefusedCategory{c.ID, r}).Error)
		}
		for _, a := range g.Absences {
			a.CreatorID = c.ID
			errs = append(errs, tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&a).Error)
		}
		return errors.Join(append(errs, s.Relist(tx, []int64{c.ID}))...)
	})
}

func (f LimitsForm) parseLimits() (CreatorLimits, error) {
	var wrong models.Fields
	var g CreatorLimits
	if text := strings.TrimSpace(f.Capacity); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 || n > MaxCapacity {
			wrong.Add("capacity", "creators.error.number", "least", 1, "most", MaxCapacity)
		}
		g.Capacity = n
	}
	g.Minimums = parseMinimums(&wrong, f.Minimums)
	for _, r := range f.RefusedCategories {
		switch {
		case r == "" || slices.Contains(g.RefusedCategories, r):
		case r == content.OtherCategory || !slices.Contains(content.Categories(), r):
			wrong.Add("refused", "creators.error.category")
		default:
			g.RefusedCategories = append(g.RefusedCategories, r)
		}
	}
	g.Absences = parseAbsences(&wrong, f.Absences)
	return g, wrong.Err()
}

func parseMinimums(wrong *models.Fields, forms []MinimumFeeForm) []MinimumFee {
	var all []MinimumFee
	for _, f := range forms {
		amount := strings.TrimSpace(f.Amount)
		if amount == "" || !slices.Contains(content.Formats(), f.Format) {
			continue
		}
		m, err := models.ParseMoney(amount, f.Currency)
		switch {
		case errors.Is(err, models.ErrOtherCurrency):
			wrong.Add(f.FieldName(), "creators.error.currency")
		case errors.Is(err, models.ErrTooManyDecimals):
			wrong.Add(f.FieldName(), "creators.error.decimals", "decimals", models.CurrencyDecimals(f.Currency), "currency", f.Currency)
		case errors.Is(err, models.ErrAmountTooLarge):
			wrong.Add(f.FieldName(), "creators.error.amount_large")
		case err != nil || m.IsZero():
			wrong.Add(f.FieldName(), "creators.error.amount")
		case slices.ContainsFunc(all, func(x MinimumFee) bool { return x.Format == f.Format && x.Currency == m.Currency }):
			wrong.Add(f.FieldName(), "creators.error.currency_twice")
		default:
			all = append(all, MinimumFee{Format: f.Format, Currency: m.Currency, Minor: m.Minor})
		}
	}
	return all
}

func parseAbsences(wrong *models.Fields, forms []AbsenceForm) []Absence {
	var all []Absence
	for i, f := range forms {
		from, to := strings.TrimSpace(f.From), strings.TrimSpace(f.To)
		if from == "" && to == "" {
			continue
		}
		n := strconv.Itoa(i + 1)
		first, err := models.ParseDate(from)
		if err != nil {
			wrong.Add("away_from_"+n, "creators.error.day")
		}
		last, err2 := models.ParseDate(cmp.Or(to, from))
		switch {
		case err2 != nil:
			wrong.Add("away_to_"+n, "creators.error.day")
		case err == nil && last.String() < first.String():
			wrong.Add("away_to_"+n, "creators.error.day_order")
		case len(all) == MaxAbsences:
			wrong.Add("away_from_"+n, "creators.error.away_many", "most", MaxAbsences)
		default:
			all = append(all, Absence{FromOn: first.String(), ToOn: last.String()})
		}
	}
	return all
}
