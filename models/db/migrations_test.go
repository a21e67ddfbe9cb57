package db_test

import (
	"testing"

	"github.com/pressly/goose/v3/lock"

	"tribemarket/internal/testkit"
)

// While a node migrates under the lock that all nodes share, the others know their
// schema as ever.
func TestPendingMigrationsAreCountedWithoutALock(t *testing.T) {
	t.Parallel()
	d := testkit.NewPostgres(t)
	locked, err := d.SQLPool().Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer locked.Close()
	if _, err := locked.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lock.DefaultLockID); err != nil {
		t.Fatal(err)
	}
	if n, err := d.CountPendingMigrations(t.Context()); err != nil || n != 0 {
		t.Errorf("%d pending, %v", n, err)
	}
}
