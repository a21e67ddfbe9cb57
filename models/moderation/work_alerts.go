package moderation

import (
	"context"
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

// How often the operator is told, how long work must run until it counts as running again,
// and how long a node may take to send a mail.
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
}

// TableName is the table's name, for GORM.
func (workAlertRow) TableName() string { return "work_alerts" }

// ClaimWorkAlert says what this node, and no other one, is to tell the operator now, given
// whether all work runs. The node then calls CloseWorkAlert, or the alert is claimed again
// after some minutes.
func (s *Store) ClaimWorkAlert(ctx context.Context, runs bool) (alert WorkAlert, err error) {
	now := s.now()
	err = s.tx(ctx, func(t *tx) error {
		alert = NoWorkAlert
		if !runs {
			first := t.Clauses(clause.OnConflict{DoNothing: true}).Create(&workAlertRow{ID: 1, Since: now, ClaimedUntil: now.Add(workAlertLease)})
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
		if alert = row.next(runs, now); alert != NoWorkAlert {
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
func (r *workAlertRow) next(runs bool, now time.Time) WorkAlert {
	switch {
	case !runs:
		r.FineSince = nil
	case r.FineSince == nil:
		r.FineSince = &now
	}
	switch {
	case now.Before(r.ClaimedUntil):
	case !runs && (r.MailedAt == nil || now.Sub(*r.MailedAt) >= workAlertInterval):
		return WorkStoppedAlert
	case runs && r.MailedAt != nil && r.hasRun(now):
		return WorkRunsAlert
	}
	return NoWorkAlert
}

func (r *workAlertRow) hasRun(now time.Time) bool {
	return r.FineSince != nil && now.Sub(*r.FineSince) >= workRunsAfter
}

// CloseWorkAlert notes that the operator was told.
func (s *Store) CloseWorkAlert(ctx context.Context, alert WorkAlert) error {
	now := s.now()
	return s.tx(ctx, func(t *tx) error {
		if alert == WorkRunsAlert {
			return t.Exec("DELETE FROM work_alerts").Error
		}
		return t.Exec("UPDATE work_alerts SET mailed_at = ?, claimed_until = ?", now, now).Error
	})
}
