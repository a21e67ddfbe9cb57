package handlers_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

// errorLog fails the test for each record at ERROR.
type errorLog struct {
	slog.Handler
	t     *testing.T
	asked *string // the request
}

func (l errorLog) Enabled(context.Context, slog.Level) bool { return true }

func (l errorLog) Handle(_ context.Context, r slog.Record) error {
	if r.Level >= slog.LevelError {
		said := r.Message
		r.Attrs(func(a slog.Attr) bool { said += " " + a.String(); return true })
		l.t.Errorf("%s is logged as an error: %s", *l.asked, said)
	}
	return nil
}

// Every route is asked by somebody who may use it and who hangs up: before the first
// statement, between two, or while one runs.
func TestWhoHangsUpIsNoError(t *testing.T) {
	t.Parallel()
	for dialect, start := range map[string]func(testing.TB, ...func(*config.Config)) *apptest.App{"sqlite": apptest.New, "postgres": apptest.NewOnPostgres} {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			g := newGridOn(t, start(t))
			asked := ""
			g.Log = slog.New(errorLog{slog.DiscardHandler, t, &asked})
			site := g.Handler()
			rows := readMatrix(t)
			// Forms come last, as they may end what pages show.
			slices.SortStableFunc(rows, func(a, b matrixRow) int { return strings.Compare(a.method, b.method) })
			for _, r := range rows {
				who := askers[max(0, slices.IndexFunc(askers, func(who string) bool { own, _ := r.expect(who); return own == "ok" && who != "visitor" }))]
				path := r.path
				for name, v := range g.kinds[r.kind].own[who] {
					path = strings.ReplaceAll(path, name, url.PathEscape(v[0]))
				}
				moments := []int{0, 1, 4, 7}
				if dialect == "postgres" { // a connection is lost each time
					moments = []int{5, 8}
				}
				for _, n := range moments {
					asked = r.name() + " as " + who
					g.hangUp(t, site, who, r.method, path, n)
				}
			}
		})
	}
}

// hangUp sends a request that is given up at its nth statement.
func (g *grid) hangUp(t *testing.T, site http.Handler, who, method, path string, n int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if n == 0 {
		cancel()
	}
	left := n
	ctx = db.WithStatementObserver(ctx, func(string) {
		if left--; left == 0 && n%2 == 0 {
			cancel()
		} else if left == 0 {
			time.AfterFunc(50*time.Microsecond, cancel) // the statement is under way
		}
	})
	r := httptest.NewRequest(method, g.URL+path, strings.NewReader(url.Values{"_csrf": {g.tokens[who]}}.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, name := range []string{"session", "csrf"} {
		r.AddCookie(&http.Cookie{Name: name, Value: g.browsers[who].Cookie(name)})
	}
	site.ServeHTTP(httptest.NewRecorder(), r.WithContext(ctx))
}
