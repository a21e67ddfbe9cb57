package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Values of PRAGMA synchronous: whether a commit waits until it is on the disk.
const (
	sqliteWaits = "FULL"
	sqliteWrote = "NORMAL" // a failure of the machine takes the latest commits, and the file stays whole
)

// sqliteDSN makes transactions take the write lock at their start, and stores times as
// UTC, since SQLite compares them as text.
func sqliteDSN(path, synchronous string) string {
	q := url.Values{
		"_pragma":      {"journal_mode(WAL)", "busy_timeout(10000)", "foreign_keys(1)", "synchronous(" + synchronous + ")", "cache_size(-32000)", "wal_autocheckpoint(4000)"},
		"_txlock":      {"immediate"},
		"_time_format": {"sqlite"},
		"_timezone":    {"UTC"},
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// sqliteTimeFormat is how the driver writes times with the options of sqliteDSN.
const sqliteTimeFormat = "2006-01-02 15:04:05.999999999-07:00"

func checkSQLiteVersion(ctx context.Context, pool *sql.DB) error {
	var v string
	if err := pool.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&v); err != nil {
		return fmt.Errorf("sqlite: %w", err)
	}
	if !isSafeSQLiteVersion(v) {
		return fmt.Errorf("SQLite %s can corrupt its log; 3.51.3 or newer is needed", v)
	}
	return nil
}

func isSafeSQLiteVersion(version string) bool {
	var a, b, c int
	if n, _ := fmt.Sscanf(version, "%d.%d.%d", &a, &b, &c); n < 2 {
		return false
	}
	return a*1_000_000+b*1_000+c >= 3_051_003
}

// sqliteDialector is GORM's SQLite dialect on the pure-Go driver, whose errors the
// standard dialect does not know.
type sqliteDialector struct{ gormsqlite.Dialector }

func newSQLiteDialector(pool *sql.DB) gorm.Dialector {
	return &sqliteDialector{gormsqlite.Dialector{Conn: pool}}
}

// Translate turns constraint failures into GORM's errors.
func (sqliteDialector) Translate(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() {
		case sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE:
			return gorm.ErrDuplicatedKey
		case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return gorm.ErrForeignKeyViolated
		case sqlite3.SQLITE_CONSTRAINT_CHECK, sqlite3.SQLITE_CONSTRAINT_TRIGGER:
			return gorm.ErrCheckConstraintViolated
		}
	}
	return err
}
