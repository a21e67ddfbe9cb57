package db_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

// fickle is a job that fails as it is told.
type fickle struct {
	Error string `json:"error"`
}

// Kind is the job's name, for River.
func (fickle) Kind() string { return "test.fickle" }

type fickleWorker struct {
	river.WorkerDefaults[fickle]
	done chan struct{}
}

// Work is that of River.
func (w *fickleWorker) Work(_ context.Context, job *river.Job[fickle]) error {
	defer func() { w.done <- struct{}{} }()
	if job.Args.Error == "" {
		return nil
	}
	return errors.New(job.Args.Error)
}

func findKind(t *testing.T, d *db.DB, kind string, now time.Time) (found db.JobKind) {
	t.Helper()
	all, err := d.ListJobKinds(ctx, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		if k.Kind == kind {
			return k
		}
	}
	return found
}

func TestTheTableOfJobKindsIsAsTheModelSays(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) { testkit.CheckSameColumns(t, d, db.JobKindRow{}) })
}

func TestJobsAreCountedByKind(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		now := testkit.ClockStart
		for _, at := range []time.Duration{-7 * time.Minute, -time.Minute, time.Hour} {
			enqueueNotes(t, d, &river.InsertOpts{ScheduledAt: now.Add(at)}, 1)
		}
		for state, at := range map[string]time.Duration{"retryable": -9 * time.Minute, "running": -time.Hour, "completed": -time.Hour, "discarded": -time.Hour} {
			enqueueNotes(t, d, &river.InsertOpts{ScheduledAt: now.Add(at)}, 2)
			exec(t, d, "UPDATE river_job SET state = '"+state+"', finalized_at = CASE WHEN '"+state+"' IN ('completed', 'discarded') THEN scheduled_at END WHERE id = (SELECT max(id) FROM river_job)")
		}
		k := findKind(t, d, note{}.Kind(), now)
		if k.Due != 3 || k.Waiting != 1 || k.Running != 1 || k.Discarded != 1 {
			t.Errorf("counted %+v", k)
		}
		if k.OldestDue == nil || !k.OldestDue.Equal(now.Add(-9*time.Minute)) {
			t.Errorf("the oldest is of %v", k.OldestDue)
		}
	})
}

func TestEndsOfJobsAreRecorded(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		run := func(outcomes ...string) db.JobKind {
			t.Helper()
			workers, w := river.NewWorkers(), &fickleWorker{done: make(chan struct{}, 10)}
			river.AddWorker(workers, w)
			worker, err := d.NewHeartbeatWorker(&river.Config{
				Workers: workers, FetchPollInterval: 50 * time.Millisecond, FetchCooldown: 50 * time.Millisecond,
				Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 1}}, Logger: slog.New(slog.DiscardHandler),
			}, time.Hour, time.Hour) // only recorded at its end
			if err != nil {
				t.Fatal(err)
			}
			if err := worker.Start(ctx); err != nil {
				t.Fatal(err)
			}
			for _, e := range outcomes {
				err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Enqueue(fickle{e}, &river.InsertOpts{MaxAttempts: 1}) })
				if err != nil {
					t.Fatal(err)
				}
				select {
				case <-w.done:
				case <-time.After(20 * time.Second):
					t.Fatal("the job did not run")
				}
			}
			if err := worker.Stop(ctx); err != nil {
				t.Fatal(err)
			}
			return findKind(t, d, fickle{}.Kind(), time.Now())
		}
		if k := run("", "no route to host"); k.SucceededAt == nil || k.Failures != 1 || k.FailingSince == nil || k.Error != "no route to host" || k.Discarded != 1 {
			t.Errorf("after a success and a failure: %+v", k)
		}
		first := findKind(t, d, fickle{}.Kind(), time.Now()).FailingSince
		if k := run("again", "and again"); k.Failures != 3 || k.Error != "and again" || !k.FailingSince.Equal(*first) {
			t.Errorf("after two more failures: %+v", k)
		}
		if k := run(""); k.Failures != 0 || k.FailingSince != nil || k.FailedAt == nil || k.Error != "and again" {
			t.Errorf("after a success: %+v", k)
		}
	})
}

func TestErrorsOfJobsAreShortAndTellNothing(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"send x: 550 no user <ann.lee@mail.example>":                  "send x: 550 no user <…@…>",
		"Get \"https://u:pw@api.example/v2/me?access_token=s3\": EOF": "Get \"https://api.example/…\": EOF",
		"token ya29.a0AfH6SMBx-0123456789_abcdefghijklmnop refused":   "token … refused",
		"two\nlines\tof it":          "two lines of it",
		strings.Repeat("long ", 100): strings.Repeat("long ", 39) + "long…",
	} {
		if got := db.ShortenJobError(said); got != want {
			t.Errorf("%q becomes %q", said, got)
		}
	}
}
