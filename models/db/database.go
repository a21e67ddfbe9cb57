package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"tribemarket/models"
)

// Dialect is the kind of database.
type Dialect string

// The databases that Tribemarket runs on.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DB is the database of one instance. It is safe for concurrent use.
type DB struct {
	Dialect Dialect
	Keys    *models.Keyring // seals what a copy of the database must not reveal; set once after opening
	// Unlimited turns off CountUse: for demos and tests. Set once after opening.
	Unlimited bool
	gorm      *gorm.DB
	sql       *sql.DB
	pool      *pgxpool.Pool // under sql, nil on SQLite
	pooled    bool          // a pooler stands before the server
	direct    *pgxpool.Pool // past the pooler; nil for none
	queue     queue
	close     func() error
}

// Open connects to the database at address: `sqlite:PATH`, whose folder is created if it
// is missing, or `postgres://...`. It changes no schema. The embedded SQLite must be
// 3.51.3 or newer, since older ones can corrupt a WAL.
func Open(ctx context.Context, address string) (*DB, error) {
	switch {
	case strings.HasPrefix(address, "sqlite:"):
		return openSQLite(ctx, strings.TrimPrefix(address, "sqlite:"), sqliteWaits)
	case strings.HasPrefix(address, "postgres://"), strings.HasPrefix(address, "postgresql://"):
		return openPostgres(ctx, address)
	}
	return nil, errors.New("a database address starts with sqlite: or postgres://")
}

// OpenDemo opens the SQLite file of a demo, whose latest commits may be lost when the
// machine fails: commits do not wait for the disk.
func OpenDemo(ctx context.Context, path string) (*DB, error) {
	return openSQLite(ctx, path, sqliteWrote)
}

// sqliteConnections is how many connections read a file at once. Each has a cache of its
// own, up to 32 MB.
func sqliteConnections() int { return max(8, runtime.GOMAXPROCS(0)) }

func openSQLite(ctx context.Context, path, synchronous string) (*DB, error) {
	if path == "" {
		return nil, errors.New("sqlite: needs a path")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fmt.Errorf("folder of the database: %w", err)
	}
	pool, err := openSQLitePool(sqliteDSN(path, synchronous))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(sqliteConnections())
	pool.SetMaxIdleConns(sqliteConnections())
	if err := checkSQLiteVersion(ctx, pool); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	// River keeps a connection of its own, as its driver requires.
	jobs, err := openSQLitePool(sqliteDSN(path, synchronous))
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	jobs.SetMaxOpenConns(1)
	g, err := gorm.Open(newSQLiteDialector(pool), gormConfig(false))
	if err != nil {
		return nil, errors.Join(err, pool.Close(), jobs.Close())
	}
	d := &DB{Dialect: SQLite, gorm: g, sql: pool}
	d.queue, err = newSQLiteQueue(jobs)
	d.close = func() error { return errors.Join(jobs.Close(), pool.Close()) }
	return d, err
}

// gormConfig lets GORM prepare the statements that it repeats, where sessions last and the
// connections do not keep them by themselves.
func gormConfig(prepare bool) *gorm.Config {
	return &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true, // writes go through Tx
		PrepareStmt:            prepare,
		PrepareStmtMaxSize:     500,
		NowFunc:                func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
		Logger:                 watchedLogger{logger.Discard}, // errors are returned, and logged once
	}
}

// Read starts a query outside a transaction.
func (d *DB) Read(ctx context.Context) *gorm.DB { return d.gorm.WithContext(ctx) }

// SQLPool is the connection pool under GORM, for the few hot pages.
func (d *DB) SQLPool() *sql.DB { return d.sql }

// Close closes all connections.
func (d *DB) Close() error { return d.close() }
