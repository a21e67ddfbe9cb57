package deals

import (
	"context"
	"errors"
	"maps"
	"slices"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SweepArgs is the periodic job that lets overdue outcomes happen and sends
// reminders: see Sweep.
type SweepArgs struct{}

// Kind is River's name of the job.
func (SweepArgs) Kind() string { return "deals.sweep" }

// sweepBatch bounds how many rows are looked up at once.
const sweepBatch = 200

// Sweep lets every default outcome happen whose deadline has passed, and then
// sends the reminders that are due; n counts both. Each is a transaction of its
// own that looks again at what it changes, so that Sweep may run twice, on two
// nodes, or be broken off. A row that fails leaves the others alone.
func (s *Store) Sweep(ctx context.Context) (n int, err error) {
	now := s.now()
	var errs []error
	for _, step := range []struct {
		due func() *gorm.DB
		one func(*work, int64) (bool, error)
	}{
		{func() *gorm.DB {
			return s.db.Read(ctx).Model(&proposalRow{}).Where("state = 'open' AND expires_at <= ?", now).Order("expires_at")
		}, (*work).sweepProposal},
		{func() *gorm.DB {
			return s.db.Read(ctx).Model(&deliverableRow{}).Where("state IN ? AND deadline_at <= ?", DeliverableTable.StatesWithDefault(), now)
		}, (*work).sweepDeliverable},
		{func() *gorm.DB {
			return s.db.Read(ctx).Model(&proposalRow{}).Where("remind_at <= ?", now).Order("remind_at")
		}, (*work).remindProposal},
		{func() *gorm.DB {
			return s.db.Read(ctx).Model(&deliverableRow{}).Where("remind_at <= ?", now).Order("remind_at")
		}, (*work).remindDeliverable},
	} {
		done, err := s.each(ctx, step.due, step.one)
		n += done
		errs = append(errs, err)
	}
	return n, errors.Join(errs...)
}

// each does one thing to every row that is due, in batches, as long as that
// gets on; a row that fails is not tried again in this sweep.
func (s *Store) each(ctx context.Context, due func() *gorm.DB, one func(*work, int64) (bool, error)) (n int, err error) {
	failed := map[int64]error{}
	for before := -1; before < n && ctx.Err() == nil; {
		before = n
		var ids []int64
		if err := due().Limit(sweepBatch+len(failed)).Pluck("id", &ids).Error; err != nil {
			return n, err
		}
		for _, id := range ids {
			if failed[id] != nil || ctx.Err() != nil {
				continue
			}
			done := false
			failed[id] = s.db.Tx(ctx, func(tx *db.Tx) (err error) {
				w := &work{Tx: tx, now: s.now(), side: models.SideSystem, creators: s.creators}
				if done, err = one(w, id); err != nil {
					return err
				}
				return w.follow()
			})
			if failed[id] == nil {
				delete(failed, id)
				if done {
					n++
				}
			}
		}
	}
	return n, errors.Join(append(slices.Collect(maps.Values(failed)), ctx.Err())...)
}

func (w *work) sweepProposal(id int64) (bool, error) {
	var p proposalRow
	if err := w.locked(&p, "id = ?", id); err != nil || p.State != Open || w.now.Before(p.ExpiresAt) {
		return false, err
	}
	return true, w.expire(&p)
}

func (w *work) sweepDeliverable(id int64) (bool, error) {
	d, x, err := w.lockDeliverable(id)
	if err != nil {
		return false, err
	}
	version := x.Version
	err = w.settle(d, &x)
	return x.Version != version, err
}

// lockDeliverable takes the deal's lock, as the verbs do, before it reads.
func (w *work) lockDeliverable(id int64) (d dealRow, x deliverableRow, err error) {
	if err = w.locked(&d, "id = (SELECT deal_id FROM deliverables WHERE id = ?)", id); err != nil {
		return d, x, err
	}
	return d, x, w.Take(&x, id).Error
}
