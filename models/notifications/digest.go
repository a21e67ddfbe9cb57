package notifications

import (
	"context"
	"fmt"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// digestHour is when the daily mail goes, in the zone of its reader.
const digestHour = 8

// DigestArgs is the job that sends the daily mails that are due.
type DigestArgs struct{}

// Kind is River's name of the job.
func (DigestArgs) Kind() string { return "notifications.digest" }

// nextDigest is the next morning after a moment.
func nextDigest(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	at := time.Date(local.Year(), local.Month(), local.Day(), digestHour, 0, 0, 0, zone)
	if !at.After(local) {
		at = time.Date(local.Year(), local.Month(), local.Day()+1, digestHour, 0, 0, 0, zone)
	}
	return at.UTC()
}

// DigestShows is how many notifications a daily mail names.
const DigestShows = 40

// DueDigest is the daily mail of one person.
type DueDigest struct {
	PersonID int64
	Key      string         // of the mail
	To       Receiver       // as the first rule that tells them has it
	All      []Notification // oldest first
}

// DuePeople are those for whom a daily mail is due.
func (s *Store) DuePeople(ctx context.Context) ([]int64, error) {
	var ids []int64
	err := s.db.Read(ctx).Model(&Notification{}).Where("daily_at <= ?", s.clock()).Distinct().Order("person_id").Pluck("person_id", &ids).Error
	if err != nil {
		return nil, models.Internal("find who is due a daily mail", err)
	}
	return ids, nil
}

// OpenDigest gathers the daily mail of a person. What is gathered keeps its key,
// so that a second try sends the same mail or none; what they are told of no
// longer is left out, and so is what they have read.
func (s *Store) OpenDigest(ctx context.Context, personID int64) (DueDigest, error) {
	now := s.clock()
	out := DueDigest{PersonID: personID}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		var rows []Notification
		if err := tx.Where("person_id = ? AND daily_at <= ?", personID, now).Order("id").Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		// One that was gathered before goes first, alone.
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

// keepTold leaves out what the person is not told of any more.
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

// CloseDigest keeps that the daily mail has gone, or that there is none to send.
func (s *Store) CloseDigest(ctx context.Context, d DueDigest) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Model(&Notification{}).Where("person_id = ? AND daily_key = ?", d.PersonID, d.Key).Update("daily_at", nil).Error
	})
}
