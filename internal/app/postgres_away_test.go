package app_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
)

// gate stands before a PostgreSQL server, and can be shut.
type gate struct {
	net.Listener
	server string
	silent atomic.Bool // takes connections and lets nothing through
	mu     sync.Mutex
	shut   bool // takes no connections
	open   map[net.Conn]bool
}

// newGate is a gate before the server of an address, and the address through it.
func newGate(t *testing.T, address string) (*gate, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Port() == "" {
		t.Fatalf("%v: the server listens on no port", err)
	}
	g := &gate{server: u.Host, open: map[net.Conn]bool{}}
	if g.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.set(true, false); _ = g.Close() })
	go func() {
		for {
			in, err := g.Accept()
			if err != nil {
				return
			}
			go g.pass(in)
		}
	}()
	u.Host = g.Addr().String()
	return g, u.String()
}

func (g *gate) pass(in net.Conn) {
	defer in.Close()
	g.mu.Lock()
	if g.shut {
		g.mu.Unlock()
		return
	}
	g.open[in] = true
	g.mu.Unlock()
	out, err := net.Dial("tcp", g.server)
	if err != nil {
		return
	}
	defer out.Close()
	go func() { _, _ = io.Copy(quiet{in, g}, out); _ = in.Close() }()
	_, _ = io.Copy(quiet{out, g}, in)
}

// quiet lets nothing through while the gate is silent.
type quiet struct {
	io.Writer
	gate *gate
}

// Write is io.Writer's.
func (q quiet) Write(b []byte) (int, error) {
	if q.gate.silent.Load() {
		return len(b), nil
	}
	return q.Writer.Write(b)
}

// set shuts the gate, makes it silent, or opens it; what was open before ends with it.
func (g *gate) set(shut, silent bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = shut
	g.silent.Store(silent)
	if silent {
		return
	}
	for c := range g.open {
		_ = c.Close()
	}
	clear(g.open)
}

var pathParameter = regexp.MustCompile(`:[a-z]+`)

// Without its database every page says so within two seconds and asks again by
// itself; what needs none goes on, and all comes back with it.
func TestPostgreSQLAway(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(*gate){
		"which refuses connections": func(g *gate) { g.set(true, false) },
		"which says nothing":        func(g *gate) { g.set(false, true) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := apptest.NewOnPostgres(t)
			g, through := newGate(t, a.Config.DatabaseURL)
			a.SignUpBrand(t, "away")
			_, creator := a.JoinCreator(t, "penne.sandbox")
			b := a.SignedInBrand(t, "away")
			node := a.StartNode(t, func(c *config.Config) { c.DatabaseURL = through })
			testkit.CatchUp(t, node.Search)
			site := node.Handler()
			cookies := b.Get("/dashboard").Cookies()
			ask := func(method, path string) (*httptest.ResponseRecorder, time.Duration) {
				body := url.Values{"_csrf": {b.Cookie("csrf")}}.Encode()
				r := httptest.NewRequest(method, path, strings.NewReader(body))
				r.Header.Set("Cookie", cookies)
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				w := httptest.NewRecorder()
				began := time.Now()
				site.ServeHTTP(w, r)
				return w, time.Since(began)
			}
			if w, _ := ask(http.MethodGet, "/dashboard"); w.Code != http.StatusOK {
				t.Fatalf("it starts with %d", w.Code)
			}
			away(g)
			var all sync.WaitGroup
			turns := make(chan struct{}, 48)
			for _, route := range node.ListRoutes() {
				if strings.HasSuffix(route.Path, "*") {
					continue
				}
				path := strings.ReplaceAll(pathParameter.ReplaceAllString(strings.ReplaceAll(route.Path, ":provider", "tiktok"), creator), "//", "/")
				all.Go(func() {
					turns <- struct{}{}
					defer func() { <-turns }()
					w, took := ask(route.Method, path)
					if w.Code >= 500 && w.Code != http.StatusServiceUnavailable || took > 2500*time.Millisecond {
						t.Errorf("%s %s answers %d after %v", route.Method, path, w.Code, took)
					}
					if path == "/healthz" && w.Code != http.StatusOK || path == "/readyz" && w.Code != http.StatusServiceUnavailable {
						t.Errorf("%s answers %d", path, w.Code)
					}
				})
			}
			all.Wait()
			for _, path := range []string{"/dashboard", "/creators", "/c/" + creator, "/negotiations", "/settings"} {
				w, took := ask(http.MethodGet, path)
				h := w.Header()
				if w.Code != http.StatusServiceUnavailable || took > 2*time.Second || h.Get("Refresh") == "" || h.Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "tries again by itself") {
					t.Errorf("%s answers %d after %v, Refresh %q", path, w.Code, took, h.Get("Refresh"))
				}
			}
			style := regexp.MustCompile(`/static/[^"]+\.css`).FindString(b.Get("/").Body)
			if w, _ := ask(http.MethodGet, style); w.Code != http.StatusOK {
				t.Errorf("%s answers %d", style, w.Code)
			}
			g.set(false, false)
			within(t, 5*time.Second, "the database is back", func() bool {
				w, _ := ask(http.MethodGet, "/dashboard")
				return w.Code == http.StatusOK
			})
			for range 20 { // on every connection
				if w, _ := ask(http.MethodGet, "/settings"); w.Code != http.StatusOK {
					t.Errorf("with the database back /settings answers %d", w.Code)
				}
			}
			within(t, 5*time.Second, "it is ready again", func() bool { w, _ := ask(http.MethodGet, "/readyz"); return w.Code == http.StatusOK })
		})
	}
}
