package imports

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

const (
	leaseTime    = time.Minute     // after which a silent job counts as dead
	leaseRenewal = 2 * time.Second // how often a job shows that it is alive, and how far it is
	maxAttempts  = 5               // jobs that may die over one run
)

// errLeaseLost ends a job whose import was removed, or taken over by another job.
var errLeaseLost = errors.New("the import is another job's, or gone")

// RunImport checks or imports a file: the work of the job. Run twice it has one effect,
// and one that was cut off is begun anew, since an import changes nothing twice.
func (s *Store) RunImport(ctx context.Context, args RunArgs) error {
	i, err := s.takeLease(ctx, args.ImportID)
	if err != nil || i.ID == 0 {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	notes, o := &noteCollector{}, i.options()
	notes.listen(&o)
	end := s.keepLease(ctx, i, &o, stop)
	report, err := s.ImportFiles(ctx, []File{s.fileOf(ctx, i)}, o)
	end()
	problem, isProblem := newMessage(err)
	switch {
	case errors.Is(context.Cause(ctx), errLeaseLost):
		return nil
	case err != nil && !isProblem:
		return errors.Join(err, s.releaseLease(context.WithoutCancel(ctx), i))
	}
	if err := s.saveNotes(ctx, i, notes.notes); err != nil {
		return ignoreLostLease(err)
	}
	return ignoreLostLease(s.finish(ctx, i, report, problem))
}

// takeLease has this job work on an import; the zero Import is one that needs none.
func (s *Store) takeLease(ctx context.Context, id int64) (i Import, err error) {
	now, lease := s.clock(), models.NewPublicID()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		res := tx.Exec(`UPDATE imports SET lease = ?, attempts = attempts + 1, worked_at = ?, updated_at = ?, started_at = ?, bytes_done = 0
			WHERE id = ? AND state IN (?, ?) AND (lease = '' OR worked_at < ?)`, lease, now, now, now, id, StateChecking, StateImporting, now.Add(-leaseTime))
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return tx.Take(&i, id).Error
	})
	if err == nil && i.Attempts > maxAttempts {
		return Import{}, s.finish(ctx, i, Report{}, &Message{Key: "imports.error.gave_up"})
	}
	return i, err
}

// withLease writes something of an import if this job still works on it.
func (s *Store) withLease(ctx context.Context, i Import, write func(*db.Tx) error) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		now := s.clock()
		res := tx.Exec("UPDATE imports SET worked_at = ?, updated_at = ? WHERE id = ? AND lease = ?", now, now, i.ID, i.Lease)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return errLeaseLost
		}
		return write(tx)
	})
}

// keepLease shows until it is ended that the job is alive and how far it is, and stops
// the job if its lease is lost.
func (s *Store) keepLease(ctx context.Context, i Import, o *Options, stop context.CancelCauseFunc) (end func()) {
	var done, total atomic.Int64
	o.OnProgress = func(d, t int64) { done.Store(d); total.Store(t) }
	ended := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		again := time.NewTicker(leaseRenewal)
		defer again.Stop()
		for {
			select {
			case <-ended:
				return
			case <-ctx.Done():
				return
			case <-again.C:
			}
			err := s.withLease(ctx, i, func(tx *db.Tx) error {
				return tx.Exec("UPDATE imports SET bytes_done = ?, bytes_total = ? WHERE id = ?", done.Load(), total.Load(), i.ID).Error
			})
			if errors.Is(err, errLeaseLost) {
				stop(errLeaseLost)
			}
		}
	})
	return func() { close(ended); wg.Wait() }
}

// releaseLease lets the next job begin at once.
func (s *Store) releaseLease(ctx context.Context, i Import) error {
	return ignoreLostLease(s.withLease(ctx, i, func(tx *db.Tx) error {
		return tx.Exec("UPDATE imports SET lease = '' WHERE id = ?", i.ID).Error
	}))
}

func ignoreLostLease(err error) error {
	if errors.Is(err, errLeaseLost) {
		return nil
	}
	return err
}

// finish keeps what came of a run. The file of one that was imported goes, and with it
// the rows that the preview shows.
func (s *Store) finish(ctx context.Context, i Import, r Report, problem *Message) error {
	return s.withLease(ctx, i, func(tx *db.Tx) error {
		now := s.clock()
		for k := range r.Files {
			r.Files[k].Sample = nil // the preview has it
			r.Files[k].Columns = r.Files[k].Columns[:min(len(r.Files[k].Columns), previewColumns)]
		}
		detail := map[string]string{"created": count(r.Created), "updated": count(r.Updated), "unchanged": count(r.Unchanged), "left_out": count(r.Skipped)}
		wasImport, done := i.State == StateImporting, "imported"
		switch {
		case problem != nil:
			i.State, done, detail["problem"] = StateFailed, "failed", problem.Key
		case wasImport:
			i.State, i.Preview.Sample = StateImported, nil
			if err := tx.Exec("DELETE FROM import_chunks WHERE import_id = ?", i.ID).Error; err != nil {
				return err
			}
		default:
			i.State = StateChecked
		}
		i.Report, i.Problem, i.Lease, i.FinishedAt, i.UpdatedAt = r, problem, "", &now, now
		if err := tx.Select("state", "report", "problem", "preview", "lease", "finished_at", "updated_at").Updates(&i).Error; err != nil || !wasImport {
			return err
		}
		return i.audit(ctx, tx, i.PersonID, done, now, detail)
	})
}

func count(n int64) string { return strconv.FormatInt(n, 10) }

// ResumeImports has imports go on whose job died, and gives how many.
func (s *Store) ResumeImports(ctx context.Context) (resumed int, err error) {
	var dead []Import
	err = s.db.Read(ctx).Select("id", "lease").Where("state IN (?, ?) AND lease <> '' AND worked_at < ?", StateChecking, StateImporting, s.clock().Add(-leaseTime)).Find(&dead).Error
	if err != nil {
		return 0, models.Internal("look for imports that stopped", err)
	}
	for _, i := range dead {
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			res := tx.Exec("UPDATE imports SET lease = '' WHERE id = ? AND lease = ?", i.ID, i.Lease)
			if res.Error != nil || res.RowsAffected == 0 {
				return res.Error
			}
			resumed++
			return tx.Enqueue(RunArgs{i.ID}, nil)
		})
		if err != nil {
			return resumed, models.Internal("have an import go on", err)
		}
	}
	return resumed, nil
}
