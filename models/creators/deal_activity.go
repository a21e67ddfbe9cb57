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

// DealActivity sums up a creator's proposals and deals. Declining a proposal is
// an answer like any other.
type DealActivity struct {
	ProposalsClosed   int64 // proposals that the creator has answered, or let expire
	ProposalsAnswered int64 // of those, the answered ones
	// ResponseMinutes is as TypicalResponseMinutes computes it.
	ResponseMinutes *int64
	// DeliverablesByMonth counts the deliverables that are due or proposed in each month,
	// YYYY-MM.
	DeliverablesByMonth map[string]int64
	// CompletedByCategory counts completed deals by product category.
	CompletedByCategory map[string]int64
}

// minResponses is the number of answers needed for a typical response time.
const minResponses = 3

// TypicalResponseMinutes is the typical response time in minutes: the median over
// accepted and declined proposals. Of the declined ones only the quickest count, as many
// as make the median shortest, so that declining never makes it longer. It is nil below
// three answers.
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

// ProposalAnswers is how a creator answers proposals.
type ProposalAnswers struct {
	Minutes  *int64 // as TypicalResponseMinutes computes it
	SharePPM *int64 // of the proposals that were closed, those that were answered; nil without Minutes
}

// newProposalAnswers reads what is stored; minutes are negative where there is no typical
// time. A share is known where the time is: both need a few answers.
func newProposalAnswers(asked, answered, minutes int64) ProposalAnswers {
	if minutes < 0 {
		return ProposalAnswers{}
	}
	return ProposalAnswers{&minutes, Ratio(answered, asked, wholePPM)}
}

// DealActivityRow is a stored DealActivity.
type DealActivityRow struct {
	CreatorID       int64 `gorm:"primaryKey"`
	Asked           int64
	Answered        int64
	ResponseMinutes *int64
	Busy            string // 2026-11:3,2026-12:1
	Month           string // the month for which the listings say whether the creator can take more, YYYY-MM (UTC)
	UpdatedAt       time.Time
}

// TableName is the table's name, for GORM.
func (DealActivityRow) TableName() string { return "creator_activity" }

// CategoryDeals counts a creator's completed deals in a category.
type CategoryDeals struct {
	CreatorID int64  `gorm:"primaryKey"`
	Category  string `gorm:"primaryKey"`
	Deals     int64
}

// TableName is the table's name, for GORM.
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

// SaveDealActivity stores the summary of a creator's proposals and deals. Whoever
// changes those calls it at the end of the same transaction. It sums up under a
// lock, or one of two deals that end at once would be missed.
func (s *Store) SaveDealActivity(tx *db.Tx, creatorID int64, sum func() (DealActivity, error)) error {
	// A deal that was just created holds a shared lock on its creator's key.
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

// SaveDealActivities stores the summaries of creators who have none yet.
func (s *Store) SaveDealActivities(tx *db.Tx, all map[int64]DealActivity) error {
	var rows []DealActivityRow
	var worked []CategoryDeals
	ids := slices.Sorted(maps.Keys(all))
	for _, id := range ids {
		a := all[id]
		rows = append(rows, DealActivityRow{id, a.ProposalsClosed, a.ProposalsAnswered, a.ResponseMinutes, formatMonthCounts(a.DeliverablesByMonth), s.currentMonth(), s.clock()})
		for _, category := range slices.Sorted(maps.Keys(a.CompletedByCategory)) {
			worked = append(worked, CategoryDeals{id, category, a.CompletedByCategory[category]})
		}
	}
	if len(rows) > 0 {
		if err := tx.CreateInBatches(rows, batchSize).Error; err != nil {
			return err
		}
	}
	if len(worked) > 0 {
		if err := tx.CreateInBatches(worked, batchSize).Error; err != nil {
			return err
		}
	}
	return s.Relist(tx, ids)
}

func (r DealActivityRow) equal(o DealActivityRow) bool {
	return cmp.Or(cmp.Compare(r.CreatorID, o.CreatorID), cmp.Compare(r.Asked, o.Asked), cmp.Compare(r.Answered, o.Answered),
		compareCounts(r.ResponseMinutes, o.ResponseMinutes), strings.Compare(r.Busy, o.Busy), strings.Compare(r.Month, o.Month)) == 0
}

// rollActivityMonth updates the listings of creators who could take no more work last
// month, or can take no more this month.
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
