package db_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

// notes does the jobs of this package's tests.
type notes struct {
	river.WorkerDefaults[note]
	done  chan int
	until chan struct{} // nil for jobs that end at once
}

// Work is that of River.
func (n *notes) Work(ctx context.Context, job *river.Job[note]) error {
	n.done <- job.Args.N
	if n.until != nil {
		select {
		case <-n.until:
		case <-ctx.Done():
		}
	}
	return nil
}

func startWorker(t *testing.T, d *db.DB, n *notes, id string) db.Worker {
	t.Helper()
	workers := river.NewWorkers()
	river.AddWorker(workers, n)
	w, err := d.NewHeartbeatWorker(&river.Config{
		ID: id, Workers: workers, FetchPollInterval: 50 * time.Millisecond, FetchCooldown: 50 * time.Millisecond,
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}}, Logger: slog.New(slog.DiscardHandler),
	}, 200*time.Millisecond, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Start(ctx); err != nil {
		t.Fatal(err)
	}
	return w
}

func enqueueNotes(t *testing.T, d *db.DB, opts *river.InsertOpts, numbers ...int) {
	t.Helper()
	err := d.Tx(ctx, func(tx *db.Tx) error {
		for _, n := range numbers {
			if err := tx.Enqueue(note{n}, opts); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func markRunning(t *testing.T, d *db.DB, worker string) {
	t.Helper()
	by := "jsonb_array('earlier', '" + worker + "')"
	if d.Dialect == db.Postgres {
		by = "ARRAY['earlier', '" + worker + "']"
	}
	exec(t, d, "UPDATE river_job SET state = 'running', attempt = 1, attempted_at = created_at, attempted_by = "+by)
}

func TestJobsOfADeadWorkerGoOn(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		enqueueNotes(t, d, nil, 1)
		enqueueNotes(t, d, &river.InsertOpts{MaxAttempts: 1}, 2)
		markRunning(t, d, "killed")
		exec(t, d, "INSERT INTO job_workers (id, seen_at) VALUES ('killed', ?)", time.Now().UTC().Add(-time.Hour))
		n := &notes{done: make(chan int, 10)}
		w := startWorker(t, d, n, "living")
		for range 2 {
			select {
			case <-n.done:
			case <-time.After(20 * time.Second):
				t.Fatal("a job of a dead worker still waits")
			}
		}
		if err := w.Stop(ctx); err != nil {
			t.Fatal(err)
		}
		if left := count(t, d, "SELECT count(*) FROM job_workers"); left != 0 {
			t.Errorf("%d workers are left", left)
		}
		if len(n.done) > 0 {
			t.Error("a job ran twice")
		}
	})
}

// A job that takes longer than a worker may be silent stays that worker's.
func TestJobsOfALivingWorkerAreLeftAlone(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		busy := &notes{done: make(chan int, 10), until: make(chan struct{})}
		first := startWorker(t, d, busy, "busy")
		enqueueNotes(t, d, nil, 1)
		<-busy.done
		idle := &notes{done: make(chan int, 10)}
		second := startWorker(t, d, idle, "idle")
		time.Sleep(3 * time.Second) // of silence, one would be too long
		close(busy.until)
		for _, w := range []db.Worker{first, second} {
			if err := w.Stop(ctx); err != nil {
				t.Error(err)
			}
		}
		if again := len(busy.done) + len(idle.done); again > 0 {
			t.Errorf("the job ran %d times more", again)
		}
	})
}

// A job that kills its workers is not begun for ever.
func TestAJobThatKillsItsWorkersIsGivenUp(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		enqueueNotes(t, d, &river.InsertOpts{MaxAttempts: 1}, 1)
		for attempt, want := range []int64{1, 1, 0} {
			markRunning(t, d, "killed")
			exec(t, d, "UPDATE river_job SET attempt = ?", attempt+1)
			if n, err := d.RescueJobs(ctx, time.Second); err != nil || n != want {
				t.Errorf("attempt %d: %d rescued, %v; want %d", attempt+1, n, err, want)
			}
		}
	})
}

func exec(t *testing.T, d *db.DB, statement string, args ...any) {
	t.Helper()
	if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(statement, args...).Error }); err != nil {
		t.Fatal(err)
	}
}
