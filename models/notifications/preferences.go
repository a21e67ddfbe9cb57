package notifications

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Preference is how a person wants to be notified of a kind.
type Preference struct {
	PersonID int64 `gorm:"primaryKey"`
	Kind     Kind  `gorm:"primaryKey"`
	Channel  Channel
}

// TableName is the table's name, for GORM.
func (Preference) TableName() string { return "notification_preferences" }

// channelFor is how the person is notified: by mail unless they have chosen otherwise.
func (s *Store) channelFor(ctx context.Context, personID int64, k Kind) (Channel, error) {
	if k.Required() {
		return ByMail, nil
	}
	var p Preference
	err := s.db.Read(ctx).Where("person_id = ? AND kind = ?", personID, k).Limit(1).Find(&p).Error
	if err != nil {
		return "", models.Internal("read a preference", err)
	}
	if p.Channel == "" {
		return ByMail, nil
	}
	return p.Channel, nil
}

// Preferences returns how the actor is notified, by kind.
func (s *Store) Preferences(ctx context.Context, actor models.Actor) (map[Kind]Channel, error) {
	if !actor.SignedIn() {
		return nil, models.SignInRequired()
	}
	var rows []Preference
	if err := s.db.Read(ctx).Where("person_id = ?", actor.PersonID).Find(&rows).Error; err != nil {
		return nil, models.Internal("read preferences", err)
	}
	all := map[Kind]Channel{}
	for _, k := range Kinds() {
		all[k] = ByMail
	}
	for _, p := range rows {
		if p.Kind.isKnown() && !p.Kind.Required() {
			all[p.Kind] = p.Channel
		}
	}
	return all, nil
}

// SetPreferences stores how the actor wants to be notified of some kinds. Errors name a
// kind's field by the kind.
func (s *Store) SetPreferences(ctx context.Context, actor models.Actor, chosen map[Kind]Channel) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	var wrong models.Fields
	var rows []Preference
	for _, k := range Kinds() {
		c, ok := chosen[k]
		switch {
		case !ok:
		case !slices.Contains(k.Channels(), c):
			wrong.Add(string(k), "notifications.error.channel")
		case !k.Required():
			rows = append(rows, Preference{actor.PersonID, k, c})
		}
	}
	if err := wrong.Err(); err != nil || len(rows) == 0 {
		return err
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return keepPreferences(tx, rows) })
}

func keepPreferences(tx *db.Tx, rows []Preference) error {
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "person_id"}, {Name: "kind"}}, DoUpdates: clause.AssignmentColumns([]string{"channel"})}).Create(&rows).Error
}

func markRead(q *gorm.DB, now time.Time) error {
	return q.Model(&Notification{}).Where("read_at IS NULL").Update("read_at", now).Error
}
