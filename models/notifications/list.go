package notifications

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// PageSize is the number of notifications on a page.
const PageSize = 25

// List returns a page of the actor's notifications, latest first, and where the next one
// begins, nil at the end; unread limits it to unread ones.
func (s *Store) List(ctx context.Context, actor models.Actor, unread bool, after *models.Cursor) ([]Notification, *models.Cursor, error) {
	if !actor.SignedIn() {
		return nil, nil, models.SignInRequired()
	}
	q := s.db.Read(ctx).Where("person_id = ?", actor.PersonID)
	if unread {
		q = q.Where("read_at IS NULL")
	}
	if after != nil {
		q = q.Where("id < ?", after.ID)
	}
	var all []Notification
	if err := q.Order("id DESC").Limit(PageSize + 1).Find(&all).Error; err != nil {
		return nil, nil, models.Internal("list notifications", err)
	}
	if len(all) <= PageSize {
		return all, nil, nil
	}
	all = all[:PageSize]
	return all, &models.Cursor{ID: all[PageSize-1].ID}, nil
}

// MostUnread is the number up to which unread notifications are counted.
const MostUnread = 100

// UnreadSQL counts the unread notifications of the person that the column names.
func UnreadSQL(person string) string {
	return "(SELECT count(*) FROM (SELECT 1 FROM notifications n WHERE n.person_id = " + person + " AND n.read_at IS NULL LIMIT " + strconv.Itoa(MostUnread) + ") u)"
}

// MarkRead marks one of the actor's notifications as read.
func (s *Store) MarkRead(ctx context.Context, actor models.Actor, publicID string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var n Notification
		err := tx.Where("public_id = ? AND person_id = ?", publicID, actor.PersonID).Limit(1).Find(&n).Error
		if err == nil && n.ID == 0 {
			return models.NotFound()
		}
		if err != nil {
			return err
		}
		return markRead(tx.Where("id = ?", n.ID), s.clock())
	})
}

// MarkAllRead marks the notifications that the actor has seen as read: up to the latest
// one on the page, "" for none.
func (s *Store) MarkAllRead(ctx context.Context, actor models.Actor, upTo string) error {
	if !actor.SignedIn() {
		return models.SignInRequired()
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		latest := tx.Session(&gorm.Session{NewDB: true}).Model(&Notification{}).Select("id").Where("public_id = ? AND person_id = ?", upTo, actor.PersonID)
		return markRead(tx.Where("person_id = ? AND id <= (?)", actor.PersonID, latest), s.clock())
	})
}
