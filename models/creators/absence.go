package creators

import (
	"gorm.io/gorm"

	"tribemarket/models"
)

// AbsentCreators finds the creators who cannot act for now: the profile or its person is
// suspended, or the person leaves. Of some creators, or of all for nil.
func AbsentCreators(q *gorm.DB, ids []int64) (map[int64]models.Absence, error) {
	narrow, args := "TRUE", []any(nil)
	if ids != nil {
		narrow, args = "c.id IN ?", []any{ids}
	}
	var rows []struct {
		ID                 int64
		Suspended, Leaving bool
	}
	if err := q.Raw(absenceSQL+narrow, args...).Scan(&rows).Error; err != nil {
		return nil, models.Internal("find the creators who cannot act", err)
	}
	away := make(map[int64]models.Absence, len(rows))
	for _, r := range rows {
		away[r.ID] = models.Absence{Suspended: r.Suspended, Leaving: r.Leaving}
	}
	return away, nil
}

// ProfilesOf are the profiles of a person.
func ProfilesOf(q *gorm.DB, personID int64) (ids []int64, err error) {
	err = q.Model(&Creator{}).Where("person_id = ?", personID).Order("id").Pluck("id", &ids).Error
	return ids, err
}
