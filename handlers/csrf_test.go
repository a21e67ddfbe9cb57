package handlers_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// withoutForms are the addresses that platforms and mail programs call, not browsers: they prove
// themselves by a signature, or by the secret in the address, instead of a token.
var withoutForms = []string{"/hooks/:provider", "/hooks/instagram/deletion", "/searches/unsubscribe/:token", "/notifications/unsubscribe/:token"}

var parameter = regexp.MustCompile(`:(\w+)`)

// filled is a route's address with parameters that fit their kind.
func filled(path, thing string) string {
	return parameter.ReplaceAllStringFunc(path, func(p string) string {
		switch p {
		case ":provider", ":platform":
			return "tiktok"
		case ":n":
			return "1"
		}
		return thing
	})
}

// contents hashes every table but sessions and the job queue's own state.
func contents(t *testing.T, a *apptest.App) map[string]string {
	t.Helper()
	names, err := a.DB.SQLPool().Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('sessions', 'river_leader', 'river_client', 'river_client_queue') AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		t.Fatal(err)
	}
	defer names.Close()
	var tables []string
	for names.Next() {
		var n string
		if err := names.Scan(&n); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, n)
	}
	if err := names.Err(); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, table := range tables {
		rows, err := a.DB.SQLPool().Query(fmt.Sprintf("SELECT * FROM %q", table))
		if err != nil {
			t.Fatal(err)
		}
		columns, _ := rows.Columns()
		var lines []string
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			var line strings.Builder
			for i, v := range values {
				if columns[i] != "last_seen_at" {
					fmt.Fprintf(&line, "%s=%v ", columns[i], *v.(*any))
				}
			}
			lines = append(lines, line.String())
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(lines)
		all[table] = fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(lines, "\n"))))
	}
	return all
}

func unchanged(t *testing.T, a *apptest.App, before map[string]string) {
	t.Helper()
	for table, hash := range contents(t, a) {
		if hash != before[table] {
			t.Errorf("%s has changed", table)
		}
	}
}

// askingAround are a brand and a creator with a proposal between them, and
// what each address is asked for.
func askingAround(t *testing.T) (a *apptest.App, who map[string]*apptest.Browser, things []string) {
	t.Helper()
	g := &grid{App: apptest.New(t)}
	brand := g.SignUpBrand(t, "fonte")
	creator, id := g.JoinCreator(t, "penne.sandbox")
	proposal, deal := g.Propose(t, brand, id), g.Agree(t, brand, creator, id)
	return g.App, map[string]*apptest.Browser{"brand": g.SignedInBrand(t, "fonte"), "creator": g.SignedInCreator(t, "penne.sandbox"), "visitor": g.NewBrowser(t)}, []string{proposal, deal, id}
}

func TestNoFormFromElsewhereChangesAnything(t *testing.T) {
	t.Parallel()
	a, who, things := askingAround(t)
	for name, b := range who {
		b.StopAtRedirects()
		token := b.Get("/creators").Find("input[name=_csrf]").First().AttrOr("value", "")
		if token == "" {
			t.Fatalf("%s has no token", name)
		}
		before := contents(t, a)
		const form = "application/x-www-form-urlencoded"
		for attack, send := range map[string]struct {
			kind, body string
			headers    []string
		}{
			"cross-site":             {form, "_csrf=" + url.QueryEscape(token), []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}},
			"same-site":              {form, "", []string{"Sec-Fetch-Site", "same-site", "Origin", "https://evil.market.example"}},
			"origin null":            {form, "", []string{"Origin", "null"}},
			"another origin":         {form, "", []string{"Origin", "https://evil.example"}},
			"text/plain":             {"text/plain", "_csrf=" + token, nil},
			"a method in the form":   {form, "_method=GET", nil},
			"a method in the header": {form, "", []string{"X-HTTP-Method-Override", "GET", "X-Method-Override", "GET"}},
			"no token":               {form, "", nil},
			"a wrong token":          {form, "_csrf=" + strings.Repeat("A", len(token)), nil},
		} {
			for _, route := range a.ListRoutes() {
				if route.Method != http.MethodPost || slices.Contains(withoutForms, route.Path) {
					continue
				}
				for _, thing := range things {
					r, _ := http.NewRequest(http.MethodPost, a.URL+filled(route.Path, thing), strings.NewReader(send.body))
					r.Header.Set("Content-Type", send.kind)
					for i := 0; i < len(send.headers); i += 2 {
						r.Header.Set(send.headers[i], send.headers[i+1])
					}
					if page := b.Do(r); page.Status != http.StatusForbidden && page.Status != http.StatusBadRequest {
						t.Errorf("%s, %s as %s: %d", route.Path, attack, name, page.Status)
					}
					if !strings.Contains(route.Path, ":") {
						break
					}
				}
			}
		}
		unchanged(t, a, before)
	}
}

func TestReadingChangesNothing(t *testing.T) {
	t.Parallel()
	a, who, things := askingAround(t)
	for _, b := range who {
		b.StopAtRedirects()
		b.Get("/dashboard")
	}
	before := contents(t, a)
	for _, b := range who {
		for _, route := range a.ListRoutes() {
			for _, thing := range things {
				if route.Method == http.MethodGet && !strings.HasSuffix(route.Path, "*") {
					b.Get(filled(route.Path, thing) + "?_method=POST")
				}
			}
		}
	}
	unchanged(t, a, before)
}

func TestEveryAnswerOfEveryRouteCarriesItsHeaders(t *testing.T) {
	t.Parallel()
	a, who, things := askingAround(t)
	paths := []string{"GET /nowhere", "GET /static/nowhere.css", "GET /healthz", "GET /readyz", "POST /nowhere", "PUT /creators", "GET /static/" + "%2e%2e/x"}
	for _, route := range a.ListRoutes() {
		paths = append(paths, route.Method+" "+filled(strings.TrimSuffix(route.Path, "*"), things[0]))
	}
	page := who["visitor"].Get("/")
	style, ok := page.Find("link[rel=stylesheet]").Attr("href")
	if !ok {
		t.Fatal("the first page has no style")
	}
	paths = append(paths, "GET "+style)
	for name, b := range who {
		b.StopAtRedirects()
		for _, p := range paths {
			method, path, _ := strings.Cut(p, " ")
			r, _ := http.NewRequest(method, a.URL+path, nil)
			page := b.Do(r)
			for header, want := range map[string]string{"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "X-Request-Id": ""} {
				if got := page.Header.Get(header); got == "" || !strings.Contains(got, want) {
					t.Errorf("%s as %s (%d): %s is %q", p, name, page.Status, header, got)
				}
			}
			if csp := page.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
				t.Errorf("%s: policy %q", p, csp)
			}
			if page.Status != http.StatusNotFound && name != "visitor" && method == http.MethodGet && !strings.HasPrefix(path, "/static") && !strings.HasSuffix(path, "z") &&
				!strings.Contains(page.Header.Get("Cache-Control"), "no-store") {
				t.Errorf("%s as %s (%d): may be kept: %q", p, name, page.Status, page.Header.Get("Cache-Control"))
			}
		}
	}
}
