package moderation

import (
	"context"
	"maps"
	"time"

	"gorm.io/gorm/clause"
)

// WorkAlert is what the operator is to be told.
type WorkAlert string

// The alerts.
const (
	NoWorkAlert      WorkAlert = ""
	WorkStoppedAlert WorkAlert = "stopped"
	WorkRunsAlert    WorkAlert = "runs" // again
)

// How often the operator is told of the same work, how long work must run until it counts
// as running again, and how long a node may take to send a mail, which is also the least
// time between two mails.
const (
	workAlertInterval = 24 * time.Hour
	workRunsAfter     = 10 * time.Minute
	workAlertLease    = 5 * time.Minute
)

// workAlertRow is the one row of work_alerts, while work does not run.
type workAlertRow struct {
	ID           int `gorm:"primaryKey"`
	Since        time.Time
	ClaimedUntil time.Time
	MailedAt     *time.Time
	FineSince    *time.Time
	Told         map[string]time.Time `gorm:"serializer:json"` // when work that was told of last did not run, by its name
}

// TableName is the table's name, for GORM.
func (workAlertRow) TableName() string { return "work_alerts" }

// ClaimWorkAlert says what this node, and no other one, is to tell the operator now, given
// the names of the work that does not run. The node then calls CloseWorkAlert, or the alert
// is claimed again after some minutes.
func (s *Store) ClaimWorkAlert(ctx context.Context, stopped []string) (alert WorkAlert, err error) {
	now, runs := s.now(), len(stopped) == 0
	err = s.tx(ctx, func(t *tx) error {
		alert = NoWorkAlert
		if !runs {
			first := t.Clauses(clause.OnConflict{DoNothing: true}).Create(&workAlertRow{ID: 1, Since: now, ClaimedUntil: now.Add(workAlertLease), Told: map[string]time.Time{}})
			if first.Error != nil || first.RowsAffected > 0 {
				alert = WorkStoppedAlert
				return first.Error
			}
		}
		var rows []workAlertRow
		if err := t.Clauses(clause.Locking{Strength: "UPDATE"}).Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		row := rows[0]
		if alert = row.next(stopped, now); alert != NoWorkAlert {
			row.ClaimedUntil = now.Add(workAlertLease)
		}
		if runs && alert == NoWorkAlert && row.MailedAt == nil && row.hasRun(now) {
			return t.Delete(&row).Error // nobody was told
		}
		return t.Save(&row).Error
	})
	return alert, err
}

// next is what is to be told now. It notes since when work runs again.
func (r *workAlertRow) next(stopped []string, now time.Time) WorkAlert {
	runs, untold := len(stopped) == 0, r.noteStopped(stopped, now)
	switch {
	case !runs:
		r.FineSince = nil
	case r.FineSince == nil:
		r.FineSince = &now
	}
	switch {
	case now.Before(r.ClaimedUntil):
	case !runs && (untold || r.MailedAt == nil || now.Sub(*r.MailedAt) >= workAlertInterval):
		return WorkStoppedAlert
	case runs && r.MailedAt != nil && r.hasRun(now):
		return WorkRunsAlert
	}
	return NoWorkAlert
}

// noteStopped notes that the work does not run, forgets what has run again, and says
// whether there is work that was not told of.
func (r *workAlertRow) noteStopped(stopped []string, now time.Time) (untold bool) {
	for _, name := range stopped {
		if _, told := r.Told[name]; told {
			r.Told[name] = now
		} else {
			untold = true
		}
	}
	maps.DeleteFunc(r.Told, func(_ string, at time.Time) bool { return now.Sub(at) >= workRunsAfter })
	return untold
}

func (r *workAlertRow) hasRun(now time.Time) bool {
	return r.FineSince != nil && now.Sub(*r.FineSince) >= workRunsAfter
}

// CloseWorkAlert notes that the operator was told, and of which work.
func (s *Store) CloseWorkAlert(ctx context.Context, alert WorkAlert, stopped []string) error {
	now := s.now()
	told := map[string]time.Time{}
	for _, name := range stopped {
		told[name] = now
	}
	return s.tx(ctx, func(t *tx) error {
		if alert == WorkRunsAlert {
			return t.Exec("DELETE FROM work_alerts").Error
		}
		return t.Model(&workAlertRow{ID: 1}).Select("MailedAt", "Told").Updates(&workAlertRow{MailedAt: &now, Told: told}).Error
	})
}
