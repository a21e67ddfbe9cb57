package imports

import (
	"context"

	"github.com/riverqueue/river"

	"tribemarket/models"
	"tribemarket/models/db"
)

// Queue is the one of imports, so that mails and deadlines don't wait for them.
const Queue = "imports"

// RunArgs is the job that checks or imports a file.
type RunArgs struct {
	ImportID int64 `json:"import_id"`
}

// Kind is River's name of the job.
func (RunArgs) Kind() string { return "imports.run" }

// InsertOpts is River's.
func (RunArgs) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: Queue} }

// StartDryRun has all rows read and reported, and nothing written.
func (s *Store) StartDryRun(ctx context.Context, actor models.Actor, publicID string) error {
	return s.start(ctx, actor, publicID, StateChecking)
}

// StartImport has the file imported.
func (s *Store) StartImport(ctx context.Context, actor models.Actor, publicID string) error {
	return s.start(ctx, actor, publicID, StateImporting)
}

// start begins a run, once however often it is asked for.
func (s *Store) start(ctx context.Context, actor models.Actor, publicID string, to State) error {
	if !CanImport(actor) {
		return models.NotFound()
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		i, err := findForChange(tx, publicID)
		switch {
		case err != nil:
			return err
		case i.State == to, i.State == StateImported && to == StateImporting:
			return nil
		case !i.CanChange():
			return models.Conflict("imports.error.not_now")
		case i.Preview.Problem != nil:
			p := i.Preview.Problem
			return &models.Error{Code: models.CodeInvalid, Key: p.Key, Args: p.Values()}
		}
		now := s.clock()
		i.State, i.DryRun, i.Report, i.Problem, i.Lease, i.Attempts = to, to == StateChecking, Report{}, nil, "", 0
		i.BytesDone, i.BytesTotal, i.UpdatedAt, i.StartedAt, i.FinishedAt = 0, 2*i.Size, now, &now, nil
		err = tx.Select("state", "dry_run", "report", "problem", "lease", "attempts", "bytes_done", "bytes_total", "updated_at", "started_at", "finished_at").Updates(&i).Error
		if err == nil && to == StateImporting {
			err = i.audit(ctx, tx, actor.PersonID, "started", now, nil)
		}
		if err != nil {
			return err
		}
		return tx.Enqueue(RunArgs{i.ID}, nil)
	})
}

// Remove deletes an import with its file and its report. A run that goes on stops; what
// it has written stays.
func (s *Store) Remove(ctx context.Context, actor models.Actor, publicID string) error {
	if !CanImport(actor) {
		return models.NotFound()
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		i, err := findForChange(tx, publicID)
		if err != nil {
			return err
		}
		if err := tx.Delete(&i).Error; err != nil {
			return err
		}
		return i.audit(ctx, tx, actor.PersonID, "removed", s.clock(), nil)
	})
}
