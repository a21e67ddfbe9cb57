package deals

import (
	"context"
	"errors"
	"time"

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

// firstNotice is when somebody is first told of a deadline: a day before the
// act is due, unless the state is entered later than that.
func firstNotice[S ~string](r Rule[S], m Moments) *time.Time {
	if r.Final() {
		return nil
	}
	if t := r.Due(m).Add(-remindAhead); t.After(m.Entered) {
		return &t
	}
	return lateNotice(r, r.Deadline(m))
}

// lateNotice is when both sides are told that one may now end the deal; where
// the deadline brings something about by itself, that is told instead.
func lateNotice[S ~string](r Rule[S], deadline time.Time) *time.Time {
	if r.AtDeadline != "" {
		return nil
	}
	return &deadline
}

// Sweep lets every default outcome happen whose deadline has passed, and then
// sends the reminders that are due; n counts both. Each is a transaction of its
// own that looks again at what it changes, so that Sweep may run twice, on two
// nodes, or be broken off. A row that fails leaves the others alone.
func (s *Store) Sweep(ctx context.Context) (n int, err error) {
	var errs []error
	for _, step := range []struct {
		rows func(after int64) ([]int64, error)
		one  func(*work, int64) (bool, error)
	}{
		{s.ids(ctx, &proposalRow{}, "state = ? AND expires_at <= ?", Open, s.now()), (*work).sweepProposal},
		{s.ids(ctx, &deliverableRow{}, "state IN ? AND deadline_at <= ?", DeliverableTable.automatic(), s.now()), (*work).sweepDeliverable},
		{s.ids(ctx, &proposalRow{}, "remind_at <= ?", s.now()), (*work).remindProposal},
		{s.ids(ctx, &deliverableRow{}, "remind_at <= ?", s.now()), (*work).remindDeliverable},
	} {
		done, err := s.each(ctx, step.rows, step.one)
		n += done
		errs = append(errs, err)
	}
	return n, errors.Join(errs...)
}

// ids pages through the ids of the rows that a step is for.
func (s *Store) ids(ctx context.Context, table any, query string, args ...any) func(int64) ([]int64, error) {
	return func(after int64) (ids []int64, err error) {
		err = s.db.Read(ctx).Model(table).Where(query, args...).Where("id > ?", after).Order("id").Limit(sweepBatch).Pluck("id", &ids).Error
		return ids, err
	}
}

func (s *Store) each(ctx context.Context, rows func(int64) ([]int64, error), one func(*work, int64) (bool, error)) (n int, err error) {
	var errs []error
	for after := int64(0); ctx.Err() == nil; {
		ids, err := rows(after)
		if err != nil || len(ids) == 0 {
			return n, errors.Join(append(errs, err)...)
		}
		for _, id := range ids {
			after = id
			done := false
			err := s.db.Tx(ctx, func(tx *db.Tx) (err error) {
				done, err = one(&work{Tx: tx, now: s.now(), side: models.SideSystem}, id)
				return err
			})
			if err != nil {
				errs = append(errs, err)
			} else if done {
				n++
			}
		}
	}
	return n, errors.Join(append(errs, ctx.Err())...)
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
