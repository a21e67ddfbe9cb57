package testkit

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"tribemarket/internal/testkit/pgserver"
	"tribemarket/models"
	"tribemarket/models/db"
)

// OnBothDatabases runs a test on SQLite and on PostgreSQL, each on a fresh migrated
// database, in parallel.
func OnBothDatabases(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, NewSQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, NewPostgres(t)) })
}

// OnBothDatabaseURLs is OnBothDatabases for a test that opens the database itself.
func OnBothDatabaseURLs(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, NewSQLiteURL(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, NewPostgresURL(t)) })
}

// NewSQLite returns a fresh migrated database in a file of the test's own.
func NewSQLite(t testing.TB) *db.DB {
	t.Helper()
	return openDatabase(t, NewSQLiteURL(t))
}

// NewSQLiteURL returns the URL of a fresh migrated database that nobody has opened.
func NewSQLiteURL(t testing.TB) string {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := copyFile(template, path); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// NewPostgres returns a fresh migrated database on a real server. With CI=true a machine
// without one fails the test; elsewhere the test is skipped.
func NewPostgres(t testing.TB) *db.DB {
	t.Helper()
	return openDatabase(t, NewPostgresURL(t))
}

// NewPostgresURL returns the URL of a fresh migrated database that nobody has opened.
func NewPostgresURL(t testing.TB) string {
	t.Helper()
	state, err := migrationsFingerprint()
	if err != nil {
		t.Fatal(err)
	}
	return pgserver.NewFromTemplate(t, "tribemarket "+state, migrateDatabase)
}

// SealingKey is the key that seals and hashes in tests.
const SealingKey = "dGVzdHMgc2VhbCB3aXRoIGEga25vd24ga2V5ICEhISE="

func openDatabase(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	if d.Keys, err = models.NewKeyring("test:"+SealingKey, SealingKey); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func migrateDatabase(address string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, address)
	if err != nil {
		return err
	}
	if err := d.MigrateUp(ctx); err != nil {
		return err
	}
	return d.Close()
}

// sqliteTemplate migrates one file per test binary; each test copies it.
var sqliteTemplate = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tribemarket-template-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "template.db")
	return path, migrateDatabase("sqlite:" + path)
})

func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(dst, src); err != nil {
		return err
	}
	return dst.Close()
}
