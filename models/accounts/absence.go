package accounts

import (
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// LoneLeavingSQL is the condition that the only member of a brand, which the column names, is
// leaving.
func LoneLeavingSQL(brand string) string {
	return `EXISTS (SELECT 1 FROM members m JOIN people leaver ON leaver.id = m.person_id AND leaver.leaving_at IS NOT NULL
		WHERE m.brand_id = ` + brand + ` AND NOT EXISTS (SELECT 1 FROM members o WHERE o.brand_id = m.brand_id AND o.person_id <> m.person_id))`
}

// brandAbsenceSQL reads why brands cannot act: they are suspended, or somebody who managed
// their deals is and nobody is left who does, or their only member leaves.
func brandAbsenceSQL(narrow string) string {
	return `SELECT * FROM (SELECT b.id, (b.suspended_at IS NOT NULL
			OR EXISTS (SELECT 1 FROM (` + actingRows("{brand} = b.id") + `) a JOIN people p ON p.id = a.person_id AND p.suspended_at IS NOT NULL WHERE ` + acts("a", models.RoleManager) + `)
				AND NOT EXISTS (SELECT 1 FROM (` + actingRows("{brand} = b.id") + `) a JOIN people p ON p.id = a.person_id AND ` + ActiveSQL + ` WHERE ` + acts("a", models.RoleManager) + `)) AS suspended,
		` + LoneLeavingSQL("b.id") + ` AS leaving FROM brands b WHERE b.erased_at IS NULL AND ` + narrow + `) x WHERE suspended OR leaving`
}

// mayBeAwaySQL narrows brands down to those that are suspended, or of which a member is or
// leaves.
const mayBeAwaySQL = `(b.suspended_at IS NOT NULL OR EXISTS (SELECT 1 FROM members m JOIN people p ON p.id = m.person_id
	WHERE m.brand_id = b.id AND (p.suspended_at IS NOT NULL OR p.leaving_at IS NOT NULL)))`

// AbsentBrands finds the brands that cannot act for now; of some brands, or of all for nil.
func AbsentBrands(q *gorm.DB, ids []int64) (map[int64]models.Absence, error) {
	narrow, args := mayBeAwaySQL, []any(nil)
	if ids != nil {
		narrow, args = "b.id IN ?", []any{ids}
	}
	var rows []struct {
		ID                 int64
		Suspended, Leaving bool
	}
	if err := q.Raw(brandAbsenceSQL(narrow), args...).Scan(&rows).Error; err != nil {
		return nil, models.Internal("find the brands that cannot act", err)
	}
	away := make(map[int64]models.Absence, len(rows))
	for _, r := range rows {
		away[r.ID] = models.Absence{Suspended: r.Suspended, Leaving: r.Leaving}
	}
	return away, nil
}

// BrandsOf are the brands for which a person acts in any role, as a member or through an
// agency.
func BrandsOf(q *gorm.DB, personID int64) (ids []int64, err error) {
	err = q.Raw("SELECT DISTINCT a.brand_id FROM ("+actingRows("{person} = ?")+") a ORDER BY 1", personID, personID).Scan(&ids).Error
	return ids, err
}

// MarkLeaving writes down that a person has asked to be erased, or that they stay, and notifies
// them of it; changed says whether that was news.
func MarkLeaving(tx *db.Tx, personID int64, leaving bool, now time.Time) (changed bool, err error) {
	set, what := (*time.Time)(nil), NoticeStaying
	if leaving {
		set, what = &now, NoticeLeaving
	}
	res := tx.Model(&Person{}).Where("id = ? AND erased_at IS NULL AND (leaving_at IS NULL) = ?", personID, leaving).Update("leaving_at", set)
	if res.Error != nil || res.RowsAffected == 0 {
		return false, res.Error
	}
	return true, notifyOfSecurity(tx, personID, what, now)
}

// LeavingSince is when a person asked to be erased, nil if they did not.
func LeavingSince(q *gorm.DB, personID int64) (*time.Time, error) {
	var p Person
	err := q.Select("leaving_at").Where("id = ?", personID).Limit(1).Find(&p).Error
	return p.LeavingAt, err
}

// ListLeaving are the people who have asked to be erased and are not yet.
func ListLeaving(q *gorm.DB) (ids []int64, err error) {
	err = q.Model(&Person{}).Where("leaving_at IS NOT NULL AND erased_at IS NULL").Order("id").Pluck("id", &ids).Error
	return ids, err
}
