package creators

import (
	"context"
	"strings"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// DeclareBirthDate stores the actor's date of birth (YYYY-MM-DD), which decides
// whether they are old enough for a programme and is shown to nobody else; ""
// deletes it.
func (s *Store) DeclareBirthDate(ctx context.Context, actor models.Actor, day string) error {
	now := s.clock()
	day = strings.TrimSpace(day)
	if day != "" {
		born, err := models.ParseDate(day)
		today := models.DateOf(now.UTC())
		if err != nil || born.String() > today.String() || AgeInYears(born, today) > 120 {
			return models.Invalid("born_on", "creators.error.born_on")
		}
		day = born.String()
	}
	return s.changeOwnProfile(ctx, actor, "keep a birth date", func(tx *db.Tx, c *Creator) error {
		if day == "" {
			if err := tx.Exec("DELETE FROM creator_births WHERE creator_id = ?", c.ID).Error; err != nil {
				return err
			}
		} else if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&BirthDate{c.ID, day, now}).Error; err != nil {
			return err
		}
		return tx.Enqueue(ReapplyFloorArgs{CreatorID: c.ID}, nil)
	})
}

// changeOwnProfile changes the actor's own profile in one transaction.
func (s *Store) changeOwnProfile(ctx context.Context, actor models.Actor, doing string, change func(*db.Tx, *Creator) error) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		c, err := lockOwnProfile(tx, actor)
		if err != nil {
			return err
		}
		return change(tx, &c)
	})
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		return models.Internal(doing, err)
	}
	return err
}
