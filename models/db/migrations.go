package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

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

// MigrateUp brings the schema, and the job queue's, to the newest version. A
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

// MigrateDown takes the newest applied migration back.
func (d *DB) MigrateDown(ctx context.Context) error {
	p, err := d.newGooseProvider()
	if err != nil {
		return err
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

// CountPendingMigrations says how many migrations are still to be applied.
func (d *DB) CountPendingMigrations(ctx context.Context) (int, error) {
	all, err := d.ListMigrations(ctx)
	n := 0
	for _, m := range all {
		if !m.Applied {
			n++
		}
	}
	return n, err
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
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, d.sql, dir, opts...)
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
