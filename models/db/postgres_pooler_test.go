package db_test

import (
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/pgserver"
	"tribemarket/models/db"
)

func openPooled(t *testing.T, address, direct string) *db.DB {
	t.Helper()
	d, err := db.OpenWithDirect(ctx, address, direct)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func TestAPoolerIsRecognised(t *testing.T) {
	t.Parallel()
	address := testkit.NewPostgresURL(t)
	if p := openPooled(t, address, "").Pooling(); p != "" {
		t.Errorf("without a pooler: %s", p)
	}
	for _, mode := range []pgserver.Pooling{pgserver.PoolTransactions, pgserver.PoolSessions} {
		through := pgserver.NewPooler(t, address, mode)
		if p := openPooled(t, through, "").Pooling(); !strings.Contains(p, "polling") {
			t.Errorf("%s: %q", mode, p)
		}
		if p := openPooled(t, through, address).Pooling(); !strings.Contains(p, "heard of") {
			t.Errorf("%s and a direct address: %q", mode, p)
		}
	}
}

func TestAPoolerThatLeavesNoTransactionsIsRefused(t *testing.T) {
	t.Parallel()
	address := testkit.NewPostgresURL(t)
	_, err := db.Open(ctx, pgserver.NewPooler(t, address, pgserver.PoolStatements))
	if err == nil || !strings.Contains(err.Error(), "pool_mode = transaction") {
		t.Errorf("it opens: %v", err)
	}
}

func TestAWrongDirectAddressIsRefused(t *testing.T) {
	t.Parallel()
	address := testkit.NewPostgresURL(t)
	through := pgserver.NewPooler(t, address, pgserver.PoolTransactions)
	for what, direct := range map[string]string{
		"leads to a pooler too": through,
		"another database":      pgserver.NewDatabase(t),
		"malformed":             "postgres://:x:y/",
	} {
		if d, err := db.OpenWithDirect(ctx, through, direct); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
			if err == nil {
				_ = d.Close()
			}
		}
	}
}

// Whatever an address says of statements, everything works through a pooler: migrations,
// jobs with their arguments, and statements repeated on ever different sessions.
func TestJobsRunThroughAPooler(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ mode, direct bool }{"polling": {}, "exec": {mode: true}, "listening": {direct: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := pgserver.NewDatabase(t)
			through := pgserver.NewPooler(t, address, pgserver.PoolTransactions)
			if c.mode {
				through += "?default_query_exec_mode=exec"
			}
			if !c.direct {
				address = ""
			}
			d := openPooled(t, through, address)
			if err := d.MigrateUp(ctx); err != nil {
				t.Fatal(err)
			}
			n := &notes{done: make(chan int, 100)}
			w := startWorker(t, d, n, "pooled")
			for i := range 20 {
				enqueueNotes(t, d, nil, i)
			}
			for i := range 20 {
				select {
				case <-n.done:
				case <-time.After(20 * time.Second):
					t.Fatalf("after %d jobs no more run", i)
				}
			}
			if err := w.Stop(ctx); err != nil {
				t.Error(err)
			}
		})
	}
}
