package db

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/riverqueue/river"
)

// A killed worker leaves its jobs in the state of running ones. Together these are how
// long the jobs wait: other workers take them over once it has been silent for a minute.
const (
	heartbeatInterval = 10 * time.Second
	workerDeadAfter   = time.Minute
)

// deathAttempts is how often a job is begun that should run once, when its workers die.
const deathAttempts = 3

// riverWorker is River's client.
type riverWorker interface {
	Worker
	ID() string
	Subscribe(kinds ...river.EventKind) (<-chan *river.Event, func())
}

// heartbeatWorker says in the database that it is alive, as long as it runs, and how its
// jobs end, and makes the jobs of dead workers available again.
type heartbeatWorker struct {
	riverWorker
	db        *DB
	cfg       *river.Config
	interval  time.Duration
	deadAfter time.Duration
	ended     <-chan *river.Event
	runs      map[string]JobRuns // ended since the last heartbeat, by kind
	stop      context.CancelFunc
	stopped   chan struct{}
}

func (d *DB) newHeartbeatWorker(cfg *river.Config, interval, deadAfter time.Duration) (Worker, error) {
	w, err := d.queue.newWorker(cfg)
	if err != nil {
		return nil, err
	}
	return &heartbeatWorker{riverWorker: w, db: d, cfg: cfg, interval: interval, deadAfter: deadAfter}, nil
}

// Start is part of Worker. The first heartbeat comes before the first job.
func (w *heartbeatWorker) Start(ctx context.Context) error {
	if err := w.beat(ctx); err != nil {
		return err
	}
	w.runs = map[string]JobRuns{}
	w.ended, _ = w.Subscribe(river.EventKindJobCompleted, river.EventKindJobFailed) // until the worker ends
	if err := w.riverWorker.Start(ctx); err != nil {
		return err
	}
	ctx, w.stop = context.WithCancel(ctx)
	w.stopped = make(chan struct{})
	go w.keepBeating(ctx)
	return nil
}

// Stop is part of Worker.
func (w *heartbeatWorker) Stop(ctx context.Context) error {
	return w.end(ctx, w.riverWorker.Stop(ctx))
}

// StopAndCancel is part of Worker.
func (w *heartbeatWorker) StopAndCancel(ctx context.Context) error {
	return w.end(ctx, w.riverWorker.StopAndCancel(ctx))
}

// end forgets a worker that has finished its jobs.
func (w *heartbeatWorker) end(ctx context.Context, err error) error {
	if w.stop == nil {
		return err
	}
	w.stop()
	<-w.stopped
	if err != nil {
		return err
	}
	for more := true; more; {
		select {
		case e, open := <-w.ended:
			if more = open; open {
				w.addRun(e)
			}
		default:
			more = false
		}
	}
	w.recordRuns(ctx)
	return w.db.Tx(ctx, func(tx *Tx) error { return tx.Exec("DELETE FROM job_workers WHERE id = ?", w.ID()).Error })
}

func (w *heartbeatWorker) keepBeating(ctx context.Context) {
	defer close(w.stopped)
	ticks := time.NewTicker(w.interval)
	defer ticks.Stop()
	// After a gap, in which the database or this machine was away, other workers too get
	// the time to say that they are alive.
	since := time.Now() //nolint:forbidigo // how long this process was away, not what time it is
	for last := since; ; {
		select {
		case <-ctx.Done():
			return
		case e, open := <-w.ended:
			if w.addRun(e); !open {
				w.ended = nil
			}
			continue
		case <-ticks.C:
		}
		w.recordRuns(ctx)
		if err := w.beat(ctx); err != nil {
			if !errors.Is(err, context.Canceled) {
				w.cfg.Logger.WarnContext(ctx, "a heartbeat failed", "error", err)
			}
			continue
		}
		// By the clock on the wall, since the monotonic one may stop with the machine.
		now := time.Now().Round(0) //nolint:forbidigo // likewise
		if now.Sub(last) > w.deadAfter/2 {
			since = now
		}
		if last = now; now.Sub(since) >= w.deadAfter {
			w.rescue(ctx)
		}
	}
}

// addRun takes note of how a job has ended.
func (w *heartbeatWorker) addRun(e *river.Event) {
	if e == nil || e.Job == nil {
		return
	}
	runs := w.runs[e.Job.Kind]
	if n := len(e.Job.Errors); e.Kind == river.EventKindJobFailed && n > 0 {
		runs.addFailure(e.Job.Errors[n-1].At.UTC(), e.Job.Errors[n-1].Error)
	} else if at := e.Job.FinalizedAt; at != nil {
		runs.addSuccess(at.UTC())
	}
	w.runs[e.Job.Kind] = runs
}

// recordRuns stores how jobs have ended, or keeps it for the next time.
func (w *heartbeatWorker) recordRuns(ctx context.Context) {
	if len(w.runs) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, w.interval)
	defer cancel()
	if err := w.db.recordJobRuns(ctx, w.runs); err != nil {
		if !errors.Is(err, context.Canceled) {
			w.cfg.Logger.WarnContext(ctx, "how jobs ended was not recorded", "error", err)
		}
		return
	}
	clear(w.runs)
}

func (w *heartbeatWorker) beat(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, w.interval)
	defer cancel()
	now := w.db.timeAgo(0)
	return w.db.Tx(ctx, func(tx *Tx) error {
		return tx.Exec("INSERT INTO job_workers (id, seen_at) VALUES (?, "+now+") ON CONFLICT (id) DO UPDATE SET seen_at = "+now, w.ID()).Error
	})
}

func (w *heartbeatWorker) rescue(ctx context.Context) {
	n, err := w.db.rescueJobs(ctx, w.deadAfter)
	switch {
	case err != nil && !errors.Is(err, context.Canceled):
		w.cfg.Logger.WarnContext(ctx, "jobs of dead workers were not rescued", "error", err)
	case n > 0:
		w.cfg.Logger.WarnContext(ctx, "jobs of dead workers go on", "jobs", n)
	}
}

// rescueJobs makes the jobs available that are left from workers that have been silent
// for so long, and gives how many.
func (d *DB) rescueJobs(ctx context.Context, silent time.Duration) (n int64, err error) {
	worker, most := "attempted_by ->> '$[#-1]'", "max"
	if d.Dialect == Postgres {
		worker, most = "attempted_by[array_upper(attempted_by, 1)]", "greatest"
	}
	dead := d.timeAgo(silent)
	err = d.Tx(ctx, func(tx *Tx) error {
		done := tx.Exec("UPDATE river_job SET state = 'available', max_attempts = "+most+"(max_attempts, attempt + 1)"+
			" WHERE state = 'running' AND attempt < "+most+"(max_attempts, ?)"+
			" AND NOT EXISTS (SELECT 1 FROM job_workers w WHERE w.id = "+worker+" AND w.seen_at > "+dead+")", deathAttempts)
		n = done.RowsAffected
		return errors.Join(done.Error, tx.Exec("DELETE FROM job_workers WHERE seen_at <= "+dead).Error)
	})
	return n, err
}

// timeAgo is a time in SQL, by the database's clock, which all nodes share.
func (d *DB) timeAgo(ago time.Duration) string {
	seconds := strconv.FormatFloat(ago.Seconds(), 'f', 3, 64)
	if d.Dialect == Postgres {
		return "(clock_timestamp() - interval '" + seconds + " seconds')"
	}
	return "strftime('%Y-%m-%d %H:%M:%f', 'now', '-" + seconds + " seconds')"
}
