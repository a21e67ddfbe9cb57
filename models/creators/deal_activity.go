package creators

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models/db"
)

// DealActivity is what a creator's proposals and deals say of her. Turning a
// proposal down is an answer like any other.
type DealActivity struct {
	ProposalsClosed   int64 // proposals that she has answered, or let expire
	ProposalsAnswered int64 // of those, the ones that she has answered
	// ResponseMinutes is ResponseTime.
	ResponseMinutes *int64
	// DeliverablesByMonth is how many deliverables are due or proposed in a month, YYYY-MM.
	DeliverablesByMonth map[string]int64
	// CompletedByCategory are of what: the number of deals that were completed.
	CompletedByCategory map[string]int64
}

// minResponses is below how many answers there is no typical time.
const minResponses = 3

// TypicalResponseMinutes is the typical time to an answer in minutes: the median over the
// proposals that were accepted and those that were declined. Of the latter only
// the quickest count, as many of them as make it shortest, so that declining
// never makes it longer. It is nil below three answers.
func TypicalResponseMinutes(accepted, declined []int64) *int64 {
	declined = slices.Sorted(slices.Values(declined))
	var best *int64
	for n := range len(declined) + 1 {
		if all := slices.Concat(accepted, declined[:n]); len(all) >= minResponses {
			if m := Median(all); best == nil || m < *best {
				best = &m
			}
		}
	}
	return best
}

// DealActivityRow is Activity as it is kept.
type DealActivityRow struct {
	CreatorID       int64 `gorm:"primaryKey"`
	Asked           int64
	Answered        int64
	ResponseMinutes *int64
	Busy            string // 2026-11:3,2026-12:1
	Month           string // by which the listings say whether she can take more, YYYY-MM (UTC)
	UpdatedAt       time.Time
}

// TableName is GORM's.
func (DealActivityRow) TableName() string { return "creator_activity" }

// CategoryDeals is in how many completed deals a creator has worked for a category.
type CategoryDeals struct {
	CreatorID int64  `gorm:"primaryKey"`
	Category  string `gorm:"primaryKey"`
	Deals     int64
}

// TableName is GORM's.
func (CategoryDeals) TableName() string { return "creator_categories" }

func (r DealActivityRow) fillListing(l *Listing, capacity int64, month string) {
	l.ResponseMinutes, l.ResponsePPM = r.ResponseMinutes, Ratio(r.Answered, r.Asked, 1_000_000)
	var full []string
	busy := parseMonthCounts(r.Busy)
	for m := range busy {
		if m >= month && (CreatorLimits{Capacity: capacity}).IsMonthFull(m, busy) {
			full = append(full, m)
		}
	}
	l.FullMonths = joinBetweenCommas(full)
}

func formatMonthCounts(busy map[string]int64) string {
	var all []string
	for _, month := range slices.Sorted(maps.Keys(busy)) {
		if busy[month] > 0 {
			all = append(all, fmt.Sprintf("%s:%d", month, busy[month]))
		}
	}
	return strings.Join(all, ",")
}

func parseMonthCounts(s string) map[string]int64 {
	all := map[string]int64{}
	for part := range strings.SplitSeq(s, ",") {
		month, n, _ := strings.Cut(part, ":")
		all[month], _ = strconv.ParseInt(n, 10, 64)
	}
	return all
}

// SaveDealActivity keeps what a creator's proposals and deals say of her. Whoever
// changes those calls it at the end of the same transaction. They are summed up
// once nobody else can do so, or of two that end at once one would be forgotten.
func (s *Store) SaveDealActivity(tx *db.Tx, creatorID int64, sum func() (DealActivity, error)) error {
	// A deal that was just made holds its creator's key, for as long as others may too.
	var c Creator
	if err := tx.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Select("id").Take(&c, creatorID).Error; err != nil {
		return err
	}
	a, err := sum()
	if err != nil {
		return err
	}
	var before DealActivityRow
	if err := tx.Where("creator_id = ?", creatorID).Limit(1).Find(&before).Error; err != nil {
		return err
	}
	var categories []CategoryDeals
	if err := tx.Where("creator_id = ?", creatorID).Order("category").Find(&categories).Error; err != nil {
		return err
	}
	var worked []CategoryDeals
	for _, x := range slices.Sorted(maps.Keys(a.CompletedByCategory)) {
		worked = append(worked, CategoryDeals{creatorID, x, a.CompletedByCategory[x]})
	}
	row := DealActivityRow{creatorID, a.ProposalsClosed, a.ProposalsAnswered, a.ResponseMinutes, formatMonthCounts(a.DeliverablesByMonth), s.currentMonth(), before.UpdatedAt}
	if row.equal(before) && slices.Equal(worked, categories) {
		return nil
	}
	row.UpdatedAt = s.clock()
	if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
		return err
	}
	if !slices.Equal(worked, categories) {
		if err := tx.Exec("DELETE FROM creator_categories WHERE creator_id = ?", creatorID).Error; err != nil {
			return err
		}
		if len(worked) > 0 {
			if err := tx.Create(&worked).Error; err != nil {
				return err
			}
		}
	}
	return s.Relist(tx, []int64{creatorID})
}

func (r DealActivityRow) equal(o DealActivityRow) bool {
	return cmp.Or(cmp.Compare(r.CreatorID, o.CreatorID), cmp.Compare(r.Asked, o.Asked), cmp.Compare(r.Answered, o.Answered),
		compareCounts(r.ResponseMinutes, o.ResponseMinutes), strings.Compare(r.Busy, o.Busy), strings.Compare(r.Month, o.Month)) == 0
}

// rollActivityMonth makes the listings of creators follow who could take no more last month,
// or can take no more in this one.
func (s *Store) rollActivityMonth(tx *db.Tx) (int, error) {
	var ids []int64
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Model(&Creator{}).
		Where("id IN (SELECT creator_id FROM creator_activity WHERE month <> ?)", s.currentMonth()).Order("id").Limit(floorBatchSize).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	if err := tx.Exec("UPDATE creator_activity SET month = ? WHERE creator_id IN ?", s.currentMonth(), ids).Error; err != nil {
		return 0, err
	}
	return len(ids), s.Relist(tx, ids)
}
