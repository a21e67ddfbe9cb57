package notifications

import (
	"context"
	"fmt"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// digestHour is the hour at which the daily mail is sent, in its reader's time zone.
const digestHour = 8

// DigestArgs is the job that sends the daily mails that are due.
type DigestArgs struct{}

// Kind is the job's name, for River.
func (DigestArgs) Kind() string { return "notifications.digest" }

// nextDigest is the time of the first digest after a moment.
func nextDigest(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	at := time.Date(local.Year(), local.Month(), local.Day(), digestHour, 0, 0, 0, zone)
	if !at.After(local) {
		at = time.Date(local.Year(), local.Month(), local.Day()+1, digestHour, 0, 0, 0, zone)
	}
	return at.UTC()
}

// DigestShows is the number of notifications that a daily mail lists.
const DigestShows = 40

// DueDigest is the daily mail of one person.
type DueDigest struct {
	PersonID int64
	Key      string         // of the mail
	To       Receiver       // as given by the rule of the last notification
	All      []Notification // oldest first
}

// DuePeople lists the people for whom a daily mail is due.
func (s *Store) DuePeople(ctx context.Context) ([]int64, error) {
	var ids []int64
	err := s.db.Read(ctx).Model(&Notification{}).Where("daily_at <= ?", s.clock()).Distinct().Order("person_id").Pluck("person_id", &ids).Error
	if err != nil {
		return nil, models.Internal("find who is due a daily mail", err)
	}
	return ids, nil
}

// OpenDigest gathers a person's daily mail. What has been gathered keeps its key, so that
// a second attempt sends the same mail or none. Notifications that have been read, or of
// which the person would no longer be notified, are left out.
func (s *Store) OpenDigest(ctx context.Context, personID int64) (DueDigest, error) {
	now := s.clock()
	out := DueDigest{PersonID: personID}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		var rows []Notification
		if err := tx.Where("person_id = ? AND daily_at <= ?", personID, now).Order("id").Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		// A digest that was gathered before goes first, alone.
		for _, n := range rows {
			if n.DailyKey != nil {
				out.Key = *n.DailyKey
				break
			}
		}
		if out.Key == "" {
			out.Key = fmt.Sprintf("digest-p%d-%d", personID, rows[len(rows)-1].ID)
			err := tx.Model(&Notification{}).Where("person_id = ? AND daily_at <= ?", personID, now).Update("daily_key", out.Key).Error
			if err != nil {
				return err
			}
		}
		return tx.Where("person_id = ? AND daily_key = ? AND read_at IS NULL", personID, out.Key).Order("id").Find(&out.All).Error
	})
	if err != nil {
		return out, models.Internal("gather a daily mail", err)
	}
	return out, s.keepTold(ctx, &out)
}

// keepTold leaves out what the person would no longer be notified of.
func (s *Store) keepTold(ctx context.Context, d *DueDigest) error {
	var told []Notification
	for _, n := range d.All {
		_, a, found, err := s.Event(ctx, n.EventID)
		if err != nil {
			return err
		}
		for _, r := range a.To {
			if found && r.PersonID == d.PersonID && r.Email != "" {
				d.To = r
				told = append(told, n)
				break
			}
		}
	}
	d.All = told
	return nil
}

// CloseDigest records that the daily mail has been sent, or that there was none to send.
func (s *Store) CloseDigest(ctx context.Context, d DueDigest) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Model(&Notification{}).Where("person_id = ? AND daily_key = ?", d.PersonID, d.Key).Update("daily_at", nil).Error
	})
}
