package pgserver

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// shared is the server of this process, found or started at the first use.
var shared = sync.OnceValues(Open)

// DSN is the address of a fresh, empty database, dropped when the test ends.
func DSN(t testing.TB) string {
	t.Helper()
	return need(t, shared).clone(t, "template0")
}

// FromTemplate is the address of a fresh copy of a database that prepare has
// filled, dropped when the test ends. Preparing happens once per server and
// name, so the name must say what is in it: on a server that outlives the run,
// a changed content needs a changed name. Prepare closes what it opens.
func FromTemplate(t testing.TB, name string, prepare func(dsn string) error) string {
	t.Helper()
	s := need(t, shared)
	template, err := s.template(context.Background(), name, prepare)
	if err != nil {
		t.Fatalf("template database %q: %v", name, err)
	}
	return s.clone(t, template)
}

// Required says whether a test may not be skipped for want of a server: CI=true.
func Required() bool {
	ci, err := strconv.ParseBool(os.Getenv("CI"))
	return ci && err == nil
}

// need skips a test that cannot run here, unless CI counts on it.
func need(t testing.TB, open func() (*Server, error)) *Server {
	t.Helper()
	s, err := open()
	switch {
	case err == nil:
	case errors.Is(err, ErrNone) && !Required():
		t.Skip(err)
	default:
		t.Fatal(err)
	}
	return s
}

func (s *Server) clone(t testing.TB, template string) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	if err := s.exec(t.Context(), "CREATE DATABASE %s TEMPLATE %s", name, template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.exec(context.Background(), "DROP DATABASE %s WITH (FORCE)", name); err != nil {
			t.Error(err)
		}
	})
	return s.address(name)
}

// template prepares the database of that name unless this process or another
// one that shares the server has done so.
func (s *Server) template(ctx context.Context, name string, prepare func(dsn string) error) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	database := fmt.Sprintf("template_%x", sha256.Sum256([]byte(name)))[:40]
	if s.templates[database] {
		return database, nil
	}
	conn, err := s.admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	// Closing the session frees the lock too.
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext($1))", database); err != nil {
		return "", err
	}
	err = s.fill(ctx, conn, database, prepare)
	if _, e := conn.ExecContext(ctx, "SELECT pg_advisory_unlock(hashtext($1))", database); e != nil {
		err = errors.Join(err, e)
	}
	s.templates[database] = err == nil
	return database, err
}

func (s *Server) fill(ctx context.Context, conn *sql.Conn, database string, prepare func(dsn string) error) error {
	var ready bool
	err := conn.QueryRowContext(ctx, "SELECT datistemplate FROM pg_database WHERE datname = $1", database).Scan(&ready)
	switch {
	case ready:
		return nil
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	default:
		// Left half filled by a run that was killed.
		if err := s.exec(ctx, "DROP DATABASE %s WITH (FORCE)", database); err != nil {
			return err
		}
	}
	if err := s.exec(ctx, "CREATE DATABASE %s TEMPLATE template0", database); err != nil {
		return err
	}
	if err := prepare(s.address(database)); err != nil {
		return err
	}
	return s.exec(ctx, "ALTER DATABASE %s WITH IS_TEMPLATE true ALLOW_CONNECTIONS false", database)
}

// exec runs a statement over database names, which cannot be parameters. They
// are made in this file, of letters, digits and underscores.
func (s *Server) exec(ctx context.Context, statement string, names ...any) error {
	query := fmt.Sprintf(statement, names...)
	if _, err := s.admin.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	return nil
}
