package run

import (
	"time"

	"tribemarket/models/workflow"
)

// Hold is a period during which a subject's clock is stopped: nothing becomes overdue and
// nobody is reminded.
type Hold struct {
	ID          int64
	SubjectKind string
	SubjectID   int64
	Reason      string
	BeganAt     time.Time
	EndedAt     *time.Time
}

// TableName is the table's name, for GORM.
func (Hold) TableName() string { return "workflow_holds" }

// Hold stops a subject's clock. A clock that is already stopped keeps its first reason.
func (k *Kind[S]) Hold(w *Work, s *Subject[S], reason string) error {
	if _, held, err := openHold(w, k.ref(s)); err != nil || held {
		return err
	}
	return w.Create(&Hold{SubjectKind: k.Table.Subject, SubjectID: s.ID, Reason: reason, BeganAt: w.Now}).Error
}

// Release restarts the clock. The days for which it was stopped since the subject entered its
// state are added to the deadline: see workflow.DaysHeld.
func (k *Kind[S]) Release(w *Work, s *Subject[S]) error {
	h, held, err := openHold(w, k.ref(s))
	if err != nil || !held {
		return err
	}
	before, err := timeHeld(w, k.ref(s), s.Entered)
	if err != nil {
		return err
	}
	if err := w.Model(&h).Update("ended_at", w.Now).Error; err != nil || s.Deadline == nil {
		return err
	}
	zone := k.zone(s, s.State)
	deadline := workflow.Extend(*s.Deadline, workflow.DaysHeld(before, w.Now.Sub(later(h.BeganAt, s.Entered))), zone)
	s.Deadline, s.RemindAt = &deadline, k.Table.NextNotice(s.State, deadline, zone, w.Now)
	return k.requireOneRow(s.State, w.Table(k.Rows).Where("id = ? AND version = ?", s.ID, s.Version).
		Updates(map[string]any{k.Deadline: deadline, "remind_at": s.RemindAt}))
}

// timeHeld is for how long the holds of a subject that are over lasted since a moment.
func timeHeld(w *Work, subject Ref, since time.Time) (held time.Duration, err error) {
	var over []Hold
	err = w.Where("subject_kind = ? AND subject_id = ? AND ended_at > ?", subject.Kind, subject.ID, since).Find(&over).Error
	for _, h := range over {
		held += h.EndedAt.Sub(later(h.BeganAt, since))
	}
	return held, err
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func openHold(w *Work, subject Ref) (h Hold, held bool, err error) {
	err = w.Where("subject_kind = ? AND subject_id = ? AND ended_at IS NULL", subject.Kind, subject.ID).Limit(1).Find(&h).Error
	return h, h.ID != 0, err
}
