package run

import (
	"context"
	"errors"
	"maps"
	"slices"

	"gorm.io/gorm"

	"tribemarket/models"
)

// SweepArgs is the periodic job that applies overdue default outcomes and sends
// reminders, for all tables: see Engine.Sweep.
type SweepArgs struct{}

// Kind is the job's name, for River.
func (SweepArgs) Kind() string { return "workflow.sweep" }

// RemindArgs is the job that sends a reminder of a deadline. It carries the version that
// it is about, so that it sends nothing once the subject has changed. Late means that the
// deadline has passed and a side may act on that.
type RemindArgs struct {
	Subject   string `json:"subject"` // as Table.Subject names it
	SubjectID int64  `json:"subject_id"`
	Version   int    `json:"version"`
	Late      bool   `json:"late,omitempty"`
}

// Kind is the job's name, for River.
func (RemindArgs) Kind() string { return "workflow.remind" }

// sweepBatch limits how many rows are looked up at once.
const sweepBatch = 200

// Sweep applies every default outcome whose deadline has passed, and then sends the
// reminders that are due; n counts both. Each row is a transaction of its own that checks
// again what it changes, so that Sweep may run twice, on two nodes, or be interrupted. A
// row that fails does not affect the others.
func (e *Engine) Sweep(ctx context.Context) (n int, err error) {
	var errs []error
	for _, k := range e.kinds {
		done, err := e.runEach(ctx, k.overdue, k.applyDefault)
		n, errs = n+done, append(errs, err)
	}
	for _, k := range e.kinds {
		done, err := e.runEach(ctx, k.remindable, k.remind)
		n, errs = n+done, append(errs, err)
	}
	return n, errors.Join(errs...)
}

// runEach does one thing to every row that is due, in batches, for as long as it makes
// progress; a row that fails is not tried again in the same sweep.
func (e *Engine) runEach(ctx context.Context, due func(context.Context, *Engine, int) ([]int64, error), one func(*Work, int64) (bool, error)) (n int, err error) {
	failed := map[int64]error{}
	for before := -1; before < n && ctx.Err() == nil; {
		before = n
		ids, err := due(ctx, e, sweepBatch+len(failed))
		if err != nil {
			return n, err
		}
		for _, id := range ids {
			if failed[id] != nil || ctx.Err() != nil {
				continue
			}
			done := false
			err := e.do(ctx, nil, models.SideSystem, func(w *Work) (err error) {
				done, err = one(w, id)
				return err
			})
			if err != nil {
				failed[id] = err
			} else if done {
				n++
			}
		}
	}
	return n, errors.Join(append(slices.Collect(maps.Values(failed)), ctx.Err())...)
}

func (k *Kind[S]) overdue(ctx context.Context, e *Engine, limit int) (ids []int64, err error) {
	if len(k.Table.StatesWithDefault()) == 0 {
		return nil, nil
	}
	q := k.notHeld(e.db.Read(ctx)).Where("state IN ? AND "+k.Deadline+" <= ?", k.Table.StatesWithDefault(), e.now())
	return ids, q.Order(k.Deadline).Limit(limit).Pluck("id", &ids).Error
}

func (k *Kind[S]) remindable(ctx context.Context, e *Engine, limit int) (ids []int64, err error) {
	q := k.notHeld(e.db.Read(ctx)).Where("remind_at <= ?", e.now())
	return ids, q.Order("remind_at").Limit(limit).Pluck("id", &ids).Error
}

func (k *Kind[S]) notHeld(q *gorm.DB) *gorm.DB {
	return q.Table(k.Rows).Where(NotHeldSQL(k.Rows), k.Table.Subject)
}

// NotHeldSQL is the condition that the clock of a row of a table runs; its argument is the
// subject of the table's kind.
func NotHeldSQL(rows string) string {
	return "NOT EXISTS (SELECT 1 FROM workflow_holds h WHERE h.subject_kind = ? AND h.subject_id = " + rows + ".id AND h.ended_at IS NULL)"
}

func (k *Kind[S]) applyDefault(w *Work, id int64) (bool, error) {
	s, err := k.Lock(w, id)
	if err != nil {
		return false, err
	}
	version := s.Version
	err = k.ApplyOverdueDefault(w, &s)
	return s.Version != version, err
}

func (k *Kind[S]) remind(w *Work, id int64) (bool, error) {
	s, err := k.Lock(w, id)
	if err != nil || s.RemindAt == nil || s.Deadline == nil || w.Now.Before(*s.RemindAt) {
		return false, err
	}
	next := k.Table.NextNotice(s.State, *s.Deadline, k.zone(&s, s.State), w.Now)
	err = k.requireOneRow(s.State, w.Table(k.Rows).Where("id = ? AND version = ?", id, s.Version).Update("remind_at", next))
	if err != nil {
		return false, err
	}
	return true, w.Enqueue(RemindArgs{Subject: k.Table.Subject, SubjectID: id, Version: s.Version, Late: s.IsLate(w.Now)}, nil)
}
