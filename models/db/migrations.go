package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations
var migrations embed.FS

// Migration is one numbered step of the schema.
type Migration struct {
	Version int64
	Name    string
	Applied bool
}

// MigrateUp migrates the schema, and that of the job queue, to the newest version. A
// second call changes nothing; nodes that start together wait for each other.
func (d *DB) MigrateUp(ctx context.Context) error {
	p, err := d.newGooseProvider()
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate up: %w", err)
	}
	return d.queue.migrateQueue(ctx)
}

// MigrateUpTo is MigrateUp up to a version, for a backup that was made with that one.
func (d *DB) MigrateUpTo(ctx context.Context, version int64) error {
	p, err := d.newGooseProvider()
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrate up: %w", err)
	}
	return d.queue.migrateQueue(ctx)
}

// MigrateDown reverts the newest applied migration. Unless dropRows is set, it fails with
// a LossError rather than drop what stands in the tables.
func (d *DB) MigrateDown(ctx context.Context, dropRows bool) error {
	p, err := d.newGooseProvider()
	if err != nil {
		return err
	}
	if !dropRows {
		version, err := p.GetDBVersion(ctx)
		if err != nil {
			return err
		}
		if err := d.checkLosses(ctx, version); err != nil {
			return err
		}
	}
	if _, err = p.Down(ctx); errors.Is(err, goose.ErrNoNextVersion) {
		return nil
	}
	return err
}

// ListMigrations lists all steps and which of them are applied.
func (d *DB) ListMigrations(ctx context.Context) ([]Migration, error) {
	p, err := d.newGooseProvider()
	if err != nil {
		return nil, err
	}
	st, err := p.Status(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Migration, len(st))
	for i, s := range st {
		all[i] = Migration{s.Source.Version, s.Source.Path, s.State == goose.StateApplied}
	}
	return all, nil
}

// CountPendingMigrations counts this program's migrations that have not been applied yet.
// It is one plain read, which does not wait for other nodes: goose's own status takes a
// lock that all nodes share. A schema that a newer program has migrated further counts as
// complete.
func (d *DB) CountPendingMigrations(ctx context.Context) (int, error) {
	versions, err := migrationVersions(d.Dialect)
	if err != nil {
		return 0, err
	}
	var applied int64
	err = d.Read(ctx).Raw("SELECT COALESCE(MAX(version_id), 0) FROM " + goose.DefaultTablename).Scan(&applied).Error
	if err != nil {
		return 0, fmt.Errorf("read the schema's version: %w", err)
	}
	next, _ := slices.BinarySearch(versions, applied+1)
	return len(versions) - next, nil
}

// migrationVersions are the version numbers of a dialect's migrations, in order.
func migrationVersions(dialect Dialect) ([]int64, error) {
	files, err := fs.Glob(migrations, "migrations/"+string(dialect)+"/*.sql")
	if err != nil {
		return nil, err
	}
	versions := make([]int64, len(files))
	for i, f := range files {
		if versions[i], err = goose.NumericComponent(f); err != nil {
			return nil, err
		}
	}
	slices.Sort(versions)
	return versions, nil
}

func (d *DB) newGooseProvider() (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations/"+string(d.Dialect))
	if err != nil {
		return nil, err
	}
	opts := []goose.ProviderOption{goose.WithLogger(goose.NopLogger())}
	dialect := goose.DialectSQLite3
	if d.Dialect == Postgres {
		dialect = goose.DialectPostgres
		opts = append(opts, goose.WithSessionLocker(&migrationLock{pool: d.pool}))
	}
	return goose.NewProvider(dialect, d.sql, dir, opts...)
}

// migrationLock keeps nodes from migrating at the same time. It is held by a transaction,
// not by a session, which a pooler may change at any statement. The number is that of
// goose's own lock, for which earlier versions of the program wait.
type migrationLock struct {
	pool *pgxpool.Pool
	tx   pgx.Tx
}

// SessionLock is part of goose's lock.SessionLocker.
func (l *migrationLock) SessionLock(ctx context.Context, _ *sql.Conn) (err error) {
	if l.tx, err = l.pool.Begin(ctx); err != nil {
		return err
	}
	if _, err = l.tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lock.DefaultLockID); err != nil {
		return errors.Join(err, l.tx.Rollback(context.WithoutCancel(ctx)))
	}
	return nil
}

// SessionUnlock is part of goose's lock.SessionLocker.
func (l *migrationLock) SessionUnlock(ctx context.Context, _ *sql.Conn) error {
	return l.tx.Rollback(ctx)
}

func quietRiverConfig() *rivermigrate.Config {
	return &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)}
}

func (q *sqliteQueue) migrateQueue(ctx context.Context) error {
	m, err := rivermigrate.New(q.driver, quietRiverConfig())
	if err != nil {
		return err
	}
	return migrateRiver[*sql.Tx](ctx, m)
}

func (q *postgresQueue) migrateQueue(ctx context.Context) error {
	m, err := rivermigrate.New(q.driver, quietRiverConfig())
	if err != nil {
		return err
	}
	return migrateRiver(ctx, m)
}

func migrateRiver[T any](ctx context.Context, m *rivermigrate.Migrator[T]) error {
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	return nil
}
