package app_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/demo"
	"tribemarket/internal/mail"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/pgserver"
	"tribemarket/models"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// lines keeps what is logged.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

// Write is that of io.Writer.
func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(b)
}

// String is what was logged so far.
func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// startJobs runs a node's background work, and gives what it logs of warnings.
func startJobs(t *testing.T, node *apptest.App) *lines {
	t.Helper()
	logged := &lines{}
	node.Log = slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelWarn}))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(context.Background(), ln); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := node.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return logged
}

// Behind a pooler that gives each transaction another session, pages, imports and jobs
// work as without, and nothing is logged.
func TestTheSiteRunsBehindAPooler(t *testing.T) {
	t.Parallel()
	address := testkit.NewPostgresURL(t)
	through := pgserver.NewPooler(t, address, pgserver.PoolTransactions)
	a := apptest.NewOnPostgres(t, func(c *config.Config) { c.DatabaseURL, c.DirectURL = through, "" })
	logged := startJobs(t, a)
	a.SignUpBrand(t, "pooled")
	file := demo.CreatorListFile(a.Creators.TribeCatalogue(), 5, 300)
	if _, err := imports.NewImporter(a.DB, a.Creators, a.Clock.Now).ImportFiles(t.Context(), []imports.File{file},
		imports.Options{Platform: platform.TikTok, AsOf: models.Date{Year: 2026, Month: 10, Day: 1}}); err != nil {
		t.Error(err)
	}
	b := a.SignedInBrand(t, "pooled")
	for _, path := range []string{"/creators?tribe=foodtok&sort=-engagement", "/dashboard", "/settings", "/readyz"} {
		for range 3 {
			if p := b.Get(path); p.Status != http.StatusOK {
				t.Errorf("%s answers %d", path, p.Status)
			}
		}
	}
	within(t, 15*time.Second, "the mail that confirms the address", func() bool {
		mails, err := mail.FolderSender{Dir: a.MailDir}.ListMails(10)
		return err == nil && len(mails) == 1
	})
	if warnings := logged.String(); warnings != "" {
		t.Error(warnings)
	}
}

// A pooler takes requests also while the server behind it is away. Pages say so within two
// seconds all the same, and come back with it.
func TestPostgreSQLAwayBehindAPooler(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(*gate){
		"which refuses connections": func(g *gate) { g.set(true, false) },
		"which says nothing":        func(g *gate) { g.set(false, true) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, behind := newGate(t, testkit.NewPostgresURL(t))
			through := pgserver.NewPooler(t, behind, pgserver.PoolTransactions)
			a := apptest.NewOnPostgres(t, func(c *config.Config) { c.DatabaseURL = through })
			_, creator := a.JoinCreator(t, "penne.sandbox")
			page, site := "/c/"+creator, a.Handler()
			ask := func(path string) (int, time.Duration) {
				w, began := httptest.NewRecorder(), time.Now()
				site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
				return w.Code, time.Since(began)
			}
			if code, _ := ask(page); code != http.StatusOK {
				t.Fatalf("it starts with %d", code)
			}
			away(g)
			for range 2 {
				for _, path := range []string{page, "/readyz"} {
					if code, took := ask(path); code != http.StatusServiceUnavailable || took > 2500*time.Millisecond {
						t.Errorf("%s answers %d after %v", path, code, took)
					}
				}
			}
			g.set(false, false)
			within(t, 10*time.Second, "the database is back", func() bool { code, _ := ask(page); return code == http.StatusOK })
			within(t, 10*time.Second, "it is ready again", func() bool { code, _ := ask("/readyz"); return code == http.StatusOK })
		})
	}
}
