package creators

import (
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// AccountSnapshot holds an account's figures on a day, as last read on that
// day. Growth is measured from snapshots.
type AccountSnapshot struct {
	AccountID int64  `gorm:"primaryKey"`
	Day       string `gorm:"primaryKey"` // UTC, YYYY-MM-DD
	ReadAt    time.Time
	Followers int64
	Likes     *int64
	Posts     *int64
	Views30   *int64 `gorm:"column:views_30"` // views of the posts of the previous 30 days; nil if none reports its views
}

// TableName is the table's name, for GORM.
func (AccountSnapshot) TableName() string { return "account_snapshots" }

// Date is the snapshot's day.
func (s AccountSnapshot) Date() models.Date {
	d, _ := models.ParseDate(s.Day) // as saveSnapshot wrote it
	return d
}

// viewsWindow is the period of the posts whose views a snapshot adds up.
const viewsWindow = 30 * 24 * time.Hour

// saveSnapshot stores the figures just read as those of the day.
func (s *Store) saveSnapshot(tx *db.Tx, a Account, p PlatformProfile) error {
	row := AccountSnapshot{AccountID: a.ID, Day: models.DateOf(p.ReadAt.UTC()).String(), ReadAt: p.ReadAt, Followers: a.Followers, Likes: a.TotalLikes, Posts: a.TotalPosts}
	if p.LatestPosts != nil && s.MayDeriveFigures(a.Platform) {
		err := tx.Raw("SELECT sum(views) FROM posts WHERE account_id = ? AND posted_at > ? AND posted_at <= ?", a.ID, p.ReadAt.Add(-viewsWindow), p.ReadAt).
			Scan(&row.Views30).Error
		if err != nil {
			return err
		}
	}
	return tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "account_id"}, {Name: "day"}},
		DoUpdates: clause.AssignmentColumns([]string{"read_at", "followers", "likes", "posts", "views_30"}),
	}).Create(&row).Error
}
