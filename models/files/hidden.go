package files

import (
	"time"

	"gorm.io/gorm"
)

// PictureByID reads a shown or hidden picture; none if it is gone.
func PictureByID(q *gorm.DB, id int64) (found []Picture, err error) {
	err = q.Where("id = ? AND state = ?", id, Ready).Find(&found).Error
	return found, err
}

// HidePicture hides a picture from everybody but its owner and administrators, and says
// whether there was one that was not hidden.
func HidePicture(q *gorm.DB, id int64, reason string, now time.Time) (bool, error) {
	done := q.Model(&Picture{}).Where("id = ? AND hidden_at IS NULL", id).Updates(map[string]any{"hidden_at": now, "hidden_reason": reason})
	return done.RowsAffected > 0, done.Error
}

// RestorePicture shows a picture again that was hidden for this reason, and says whether
// there was one.
func RestorePicture(q *gorm.DB, id int64, reason string) (bool, error) {
	done := q.Model(&Picture{}).Where("id = ? AND hidden_at IS NOT NULL AND hidden_reason = ?", id, reason).Updates(map[string]any{"hidden_at": nil, "hidden_reason": ""})
	return done.RowsAffected > 0, done.Error
}
