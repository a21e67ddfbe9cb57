package pgserver

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func query[T any](t *testing.T, dsn, q string) T {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var v T
	if err := db.QueryRow(q).Scan(&v); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return v
}

func TestDatabasesAreTheTestsOwnAndGoWithIt(t *testing.T) {
	t.Parallel()
	var dsn string
	t.Run("uses one", func(t *testing.T) {
		dsn = NewDatabase(t)
		other := NewDatabase(t)
		query[int](t, dsn, "WITH x AS (SELECT 1) SELECT count(*) FROM x")
		if query[string](t, dsn, "SELECT current_database()") == query[string](t, other, "SELECT current_database()") {
			t.Error("two databases are one")
		}
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	s := requireServer(t, sharedServer)
	left := query[int](t, s.URL, "SELECT count(*) FROM pg_database WHERE datname = '"+strings.TrimPrefix(u.Path, "/")+"'")
	if left != 0 {
		t.Error("the database outlives its test")
	}
}

func fill(times *atomic.Int32) func(string) error {
	return func(dsn string) error {
		times.Add(1)
		db, err := sql.Open("pgx", dsn)
		if err != nil {
			return err
		}
		_, err = db.Exec("CREATE TABLE a (n int); INSERT INTO a VALUES (1)")
		return errors.Join(err, db.Close())
	}
}

func TestATemplateIsFilledOnceAndCopied(t *testing.T) {
	t.Parallel()
	var times atomic.Int32
	name := t.Name() + time.Now().String() // this test's own, on a server that stays
	forget(t, name)
	for i := range 4 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			dsn := NewFromTemplate(t, name, fill(&times))
			if n := query[int](t, dsn, "INSERT INTO a VALUES (2) RETURNING (SELECT count(*) FROM a)"); n != 1 {
				t.Errorf("the copy holds %d rows before its own, not the template's one", n)
			}
		})
	}
	t.Run("another process", func(t *testing.T) {
		t.Parallel()
		other, err := connectTo(requireServer(t, sharedServer).URL, func() {})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		})
		database, err := other.prepareTemplate(t.Context(), name, fill(&times))
		if err != nil {
			t.Fatal(err)
		}
		query[int](t, other.cloneTemplate(t, database), "SELECT count(*) FROM a")
	})
	t.Cleanup(func() {
		if n := times.Load(); n != 1 {
			t.Errorf("filled %d times", n)
		}
	})
}

func TestATemplateThatFailedIsMadeAnew(t *testing.T) {
	t.Parallel()
	s := requireServer(t, sharedServer)
	name := t.Name() + time.Now().String()
	forget(t, name)
	var times atomic.Int32
	half := func(dsn string) error { return errors.Join(fill(&times)(dsn), io.ErrUnexpectedEOF) }
	if _, err := s.prepareTemplate(t.Context(), name, half); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("got %v, not what went wrong", err)
	}
	dsn := NewFromTemplate(t, name, fill(&times))
	if n := query[int](t, dsn, "SELECT count(*) FROM a"); n != 1 {
		t.Errorf("%d rows: the failed attempt was kept", n)
	}
}

// forget drops a test's template from a server that stays.
func forget(t *testing.T, name string) {
	s := requireServer(t, sharedServer)
	t.Cleanup(func() {
		database, err := s.prepareTemplate(context.Background(), name, func(string) error { return nil })
		if err == nil {
			err = s.executeOnNames(context.Background(), "ALTER DATABASE %s WITH IS_TEMPLATE false", database)
		}
		if err == nil {
			err = s.executeOnNames(context.Background(), "DROP DATABASE %s WITH (FORCE)", database)
		}
		if err != nil {
			t.Error(err)
		}
	})
}

// TestMain lets a test run this binary as a process that starts a server and
// waits to be killed.
func TestMain(m *testing.M) {
	if os.Getenv("PGSERVER_TEST_HOLD") == "" {
		os.Exit(m.Run())
	}
	s, err := Open()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.URL)
	select {}
}

func TestAServerEndsWithItsProcess(t *testing.T) {
	t.Parallel()
	if _, err := FindBinaries(); err != nil {
		if IsRequired() {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	tmp := t.TempDir()
	// Its server may run as nobody, who must get through and clear up.
	for dir := tmp; dir != filepath.Clean(os.TempDir()); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "PGSERVER_TEST_HOLD=1", AddressVariable+"=", "TMPDIR="+tmp)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var address string
	if _, err := fmt.Fscanln(out, &address); err != nil || !strings.HasPrefix(address, "postgres://") {
		rest, _ := io.ReadAll(out)
		t.Fatalf("no server: %v %s %s", err, address, rest)
	}
	query[int](t, address, "SELECT 1")
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	late := time.After(10 * time.Second)
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		left, err := filepath.Glob(filepath.Join(tmp, "*"))
		if err != nil {
			t.Fatal(err)
		}
		if db.Ping() != nil && len(left) == 0 {
			return
		}
		select {
		case <-look.C:
		case <-late:
			t.Fatalf("the server outlives its process, or leaves %v", left)
		}
	}
}

func TestBinariesNamedByPGBINComeFirst(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PGBIN", dir)
	if got, _ := FindBinaries(); got == dir {
		t.Error("an empty folder is taken for a server")
	}
	for _, name := range []string{"initdb", "postgres"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := FindBinaries(); err != nil || got != dir {
		t.Errorf("found %q, %v", got, err)
	}
}

// verdict records what a test would have done.
type verdict struct {
	testing.TB
	skipped, failed bool
}

func (v *verdict) Helper()      {}
func (v *verdict) Skip(...any)  { v.skipped = true; runtime.Goexit() }
func (v *verdict) Fatal(...any) { v.failed = true; runtime.Goexit() }

func TestOnlyAMissingServerSkipsAndNeverInCI(t *testing.T) {
	for _, c := range []struct {
		ci              string
		err             error
		skipped, failed bool
	}{
		{"", ErrNone, true, false},
		{"false", ErrNone, true, false},
		{"true", ErrNone, false, true},
		{"1", ErrNone, false, true},
		{"", errors.New("initdb failed"), false, true},
		{"true", nil, false, false},
	} {
		t.Setenv("CI", c.ci)
		v, done := &verdict{}, make(chan struct{})
		go func() {
			defer close(done)
			requireServer(v, func() (*Server, error) { return nil, c.err })
		}()
		<-done
		if v.skipped != c.skipped || v.failed != c.failed {
			t.Errorf("CI=%q, %v: skipped %v, failed %v", c.ci, c.err, v.skipped, v.failed)
		}
	}
}

func BenchmarkClone(b *testing.B) {
	var times atomic.Int32
	name := "BenchmarkClone"
	for b.Loop() {
		NewFromTemplate(b, name, fill(&times))
	}
}

func TestAClusterKeepsItsDataWhenItIsStopped(t *testing.T) {
	t.Parallel()
	c, err := NewCluster()
	if errors.Is(err, ErrNone) && !IsRequired() {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	address, err := c.CreateDatabase(t.Context(), "market")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)"); err != nil {
		t.Fatal(err)
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := db.PingContext(t.Context()); err == nil {
		t.Error("a stopped server answers")
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT n FROM kept").Scan(&n); err != nil || n != 7 {
		t.Errorf("after a start it holds %d, %v", n, err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(c.account.dir); !os.IsNotExist(err) {
		t.Errorf("its folder stays: %v", err)
	}
}
