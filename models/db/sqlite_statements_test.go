package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// onePool is a pool of one connection on a file with a table of a hundred rows.
func onePool(t *testing.T) (*sql.DB, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kept.db")
	pool, err := openSQLitePool(sqliteDSN(path, sqliteWrote))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	pool.SetMaxOpenConns(1)
	exec(t, pool, "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE u (id INTEGER)")
	for i := range 100 {
		exec(t, pool, "INSERT INTO t (name) VALUES (?)", fmt.Sprint("row ", i))
	}
	return pool, path
}

func exec(t *testing.T, on interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}, query string, args ...any,
) {
	t.Helper()
	if _, err := on.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(query, err)
	}
}

// kept calls look with what the pool's one connection keeps.
func kept(t *testing.T, pool *sql.DB, look func(*keepingConn)) {
	t.Helper()
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Raw(func(c any) error { look(c.(*keepingConn)); return nil }); err != nil {
		t.Fatal(err)
	}
}

func TestAConnectionKeepsTheStatementsThatItPrepared(t *testing.T) {
	t.Parallel()
	pool, path := onePool(t)
	const count = "SELECT count(*) FROM t WHERE id > ?"
	var first *keptStatement
	for i := range 3 {
		tx, err := pool.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := tx.QueryRowContext(t.Context(), count, i).Scan(&n); err != nil || n != 100-i {
			t.Errorf("%d rows: %v", n, err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		kept(t, pool, func(c *keepingConn) {
			if first == nil {
				first = c.idle[count]
			}
			if st := c.idle[count]; st == nil || st != first {
				t.Error("the statement was prepared again")
			}
		})
	}
	// A table that changes meanwhile, through another connection.
	other, err := openSQLitePool(sqliteDSN(path, sqliteWrote))
	if err != nil {
		t.Fatal(err)
	}
	exec(t, other, "ALTER TABLE t RENAME COLUMN id TO number; ALTER TABLE t ADD COLUMN id INTEGER DEFAULT 7")
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := pool.QueryRowContext(t.Context(), count, 6).Scan(&n); err != nil || n != 100 {
		t.Errorf("after the change, %d rows: %v", n, err)
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + "-wal"); !os.IsNotExist(err) {
		t.Errorf("the file was not closed: %v", err)
	}
}

// The same statement may be open twice on a connection, and what fails leaves it usable.
func TestAStatementThatIsKeptCanBeOpenTwiceAndFail(t *testing.T) {
	t.Parallel()
	pool, _ := onePool(t)
	tx, err := pool.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	const all = "SELECT id FROM t ORDER BY id"
	seen := 0
	outer, err := tx.QueryContext(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = outer.Close() }()
	for outer.Next() {
		inner, err := tx.QueryContext(t.Context(), all)
		if err != nil {
			t.Fatal(err)
		}
		if inner.Next() {
			seen++
		}
		if err := errors.Join(inner.Err(), inner.Close()); err != nil { //nolint:sqlclosecheck // closed before it is read to its end
			t.Fatal(err)
		}
	}
	if err := outer.Err(); err != nil || seen != 100 {
		t.Errorf("%d of 100 rows: %v", seen, err)
	}
	const add = "INSERT INTO t (id) VALUES (?)"
	for range 3 {
		if _, err := tx.ExecContext(t.Context(), add, 1); err == nil || !strings.Contains(err.Error(), "UNIQUE") {
			t.Errorf("a number that there is: %v", err)
		}
	}
	exec(t, tx, add, 1000)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	over, stop := context.WithCancel(t.Context())
	stop()
	if _, err := pool.ExecContext(over, add, 1001); err == nil {
		t.Error("a request that is over wrote")
	}
	exec(t, pool, add, 1001)
}

func TestAConnectionKeepsFewStatements(t *testing.T) {
	t.Parallel()
	pool, _ := onePool(t)
	for i := range maxKeptStatements + 100 {
		exec(t, pool, fmt.Sprintf("UPDATE u SET id = %d", i))
	}
	exec(t, pool, "PRAGMA cache_size = 100")
	if !isKept("-- name: JobInsert :one\nINSERT INTO\n u DEFAULT VALUES") || isKept("-- SELECT\n PRAGMA optimize") || isKept("-- SELECT") {
		t.Error("a comment hides what a statement is")
	}
	exec(t, pool, "CREATE TEMP TABLE v (id INTEGER)")
	long := "INSERT INTO u (id) VALUES (1)" + strings.Repeat(", (1)", 20_000)
	for i := range 9 {
		exec(t, pool, long+fmt.Sprintf(", (%d)", i))
	}
	kept(t, pool, func(c *keepingConn) {
		text := 0
		for query := range c.idle {
			text += len(query)
			if !isKept(query) {
				t.Errorf("%.20s is kept", query)
			}
		}
		if len(c.idle) < 2 || len(c.idle) > maxKeptStatements || text != c.text || text > maxKeptText {
			t.Errorf("%d statements of %d bytes, counted as %d", len(c.idle), text, c.text)
		}
	})
}
