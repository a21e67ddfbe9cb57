package app_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

// probe asks a node whether it is ready.
func probe(t *testing.T, node *apptest.App) int {
	t.Helper()
	answer, err := http.Get(node.URL + "/readyz")
	if err != nil {
		t.Error(err)
		return 0
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

// Probes of one node take nothing from another, on one database.
func TestTwoNodesStayReadyUnderProbes(t *testing.T) {
	t.Parallel()
	a := apptest.NewOnPostgres(t)
	b := a.StartNode(t)
	testkit.CatchUp(t, b.Search)
	var all sync.WaitGroup
	for range 8 {
		for _, node := range []*apptest.App{a, b} {
			all.Go(func() {
				for range 25 {
					if status := probe(t, node); status != http.StatusOK {
						t.Errorf("a healthy node answers %d", status)
					}
				}
			})
		}
	}
	all.Wait()
}

func TestAnUnexpectedSchemaIsNotReady(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	if status := probe(t, a); status != http.StatusOK {
		t.Fatalf("it starts with %d", status)
	}
	if err := a.DB.MigrateDown(context.Background(), true); err != nil {
		t.Fatal(err)
	}
	if status := probe(t, a); status != http.StatusOK {
		t.Errorf("within the same second it is asked again: %d", status)
	}
	within(t, 3*time.Second, "an older schema", func() bool { return probe(t, a) == http.StatusServiceUnavailable })
	if err := a.DB.MigrateUp(context.Background()); err != nil {
		t.Fatal(err)
	}
	within(t, 3*time.Second, "the schema is back", func() bool { return probe(t, a) == http.StatusOK })
	newer := "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)"
	if _, err := a.DB.SQLPool().ExecContext(context.Background(), newer); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1100 * time.Millisecond)
	if status := probe(t, a); status != http.StatusOK {
		t.Errorf("a schema that a newer node has brought further: %d", status)
	}
}

// Writing the probe into /dev/full fails like on a full disk.
func TestAFullDiskIsNotReady(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	for name, start := range map[string]struct {
		app    func(testing.TB) *apptest.App
		folder func(*apptest.App) string
	}{
		"the database's folder":  {func(t testing.TB) *apptest.App { return apptest.New(t) }, func(a *apptest.App) string { return filepath.Dir(strings.TrimPrefix(a.Config.DatabaseURL, "sqlite:")) }},
		"the mails' folder":      {func(t testing.TB) *apptest.App { return apptest.New(t) }, func(a *apptest.App) string { return a.MailDir }},
		"the mails' on Postgres": {func(t testing.TB) *apptest.App { return apptest.NewOnPostgres(t) }, func(a *apptest.App) string { return a.MailDir }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := start.app(t)
			if err := os.MkdirAll(start.folder(a), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("/dev/full", filepath.Join(start.folder(a), ".ready")); err != nil {
				t.Fatal(err)
			}
			if status := probe(t, a); status != http.StatusServiceUnavailable {
				t.Errorf("with a full disk it answers %d", status)
			}
			// The failed probe has taken the link away, and with it the full disk.
			within(t, 3*time.Second, "there is room again", func() bool { return probe(t, a) == http.StatusOK })
			if left, err := os.ReadDir(start.folder(a)); err != nil || len(left) > 0 && left[0].Name() == ".ready" {
				t.Errorf("the probe leaves %v, %v", left, err)
			}
		})
	}
}

// However many probes come, the database is asked once a second.
func TestProbesCostOneQueryASecond(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	site := a.Handler()
	var asked atomic.Int32
	ctx := db.WithStatementObserver(context.Background(), func(string) { asked.Add(1) })
	var all sync.WaitGroup
	for range 500 {
		all.Go(func() {
			w := httptest.NewRecorder()
			site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil).WithContext(ctx))
			if w.Code != http.StatusOK {
				t.Errorf("a probe got %d", w.Code)
			}
		})
	}
	all.Wait()
	if got := asked.Load(); got < 1 || got > 2 {
		t.Errorf("500 probes at once asked the database %d times", got)
	}
}

func within(t *testing.T, most time.Duration, what string, right func() bool) {
	t.Helper()
	for begin := time.Now(); !right(); time.Sleep(50 * time.Millisecond) {
		if time.Since(begin) > most {
			t.Errorf("%s: not seen within %v", what, most)
			return
		}
	}
}
