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

// sharedServer is the server of this process, found or started at the first use.
var sharedServer = sync.OnceValues(Open)

// NewDatabase is the address of a fresh, empty database, dropped when the test ends.
func NewDatabase(t testing.TB) string {
	t.Helper()
	return requireServer(t, sharedServer).cloneTemplate(t, "template0")
}

// NewFromTemplate is the address of a fresh copy of a database that prepare has
// filled, dropped when the test ends. Preparing happens once per server and
// name, so the name must say what is in it: on a server that outlives the run,
// a changed content needs a changed name. Prepare closes what it opens.
func NewFromTemplate(t testing.TB, name string, prepare func(dsn string) error) string {
	t.Helper()
	s := requireServer(t, sharedServer)
	template, err := s.prepareTemplate(context.Background(), name, prepare)
	if err != nil {
		t.Fatalf("template database %q: %v", name, err)
	}
	return s.cloneTemplate(t, template)
}

// IsRequired says whether a test may not be skipped for want of a server: CI=true.
func IsRequired() bool {
	ci, err := strconv.ParseBool(os.Getenv("CI"))
	return ci && err == nil
}

// requireServer skips a test that cannot run here, unless CI counts on it.
func requireServer(t testing.TB, open func() (*Server, error)) *Server {
	t.Helper()
	s, err := open()
	switch {
	case err == nil:
	case errors.Is(err, ErrNone) && !IsRequired():
		t.Skip(err)
	default:
		t.Fatal(err)
	}
	return s
}

func (s *Server) cloneTemplate(t testing.TB, template string) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	if err := s.executeOnNames(t.Context(), "CREATE DATABASE %s TEMPLATE %s", name, template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.executeOnNames(context.Background(), "DROP DATABASE %s WITH (FORCE)", name); err != nil {
			t.Error(err)
		}
	})
	return s.databaseURL(name)
}

// prepareTemplate prepares the database of that name unless this process or another
// one that shares the server has done so.
func (s *Server) prepareTemplate(ctx context.Context, name string, prepare func(dsn string) error) (string, error) {
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
	err = s.fillTemplate(ctx, conn, database, prepare)
	if _, e := conn.ExecContext(ctx, "SELECT pg_advisory_unlock(hashtext($1))", database); e != nil {
		err = errors.Join(err, e)
	}
	s.templates[database] = err == nil
	return database, err
}

func (s *Server) fillTemplate(ctx context.Context, conn *sql.Conn, database string, prepare func(dsn string) error) error {
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
		if err := s.executeOnNames(ctx, "DROP DATABASE %s WITH (FORCE)", database); err != nil {
			return err
		}
	}
	if err := s.executeOnNames(ctx, "CREATE DATABASE %s TEMPLATE template0", database); err != nil {
		return err
	}
	if err := prepare(s.databaseURL(database)); err != nil {
		return err
	}
	return s.executeOnNames(ctx, "ALTER DATABASE %s WITH IS_TEMPLATE true ALLOW_CONNECTIONS false", database)
}

// executeOnNames runs a statement over database names, which cannot be parameters. They
// are made in this file, of letters, digits and underscores.
func (s *Server) executeOnNames(ctx context.Context, statement string, names ...any) error {
	query := fmt.Sprintf(statement, names...)
	if _, err := s.admin.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	return nil
}
