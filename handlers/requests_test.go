package handlers_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
)

// Every address that can be read answers HEAD with the same status and headers,
// and no body.
func TestHeadAnswersLikeGet(t *testing.T) {
	t.Parallel()
	a, who, things := askingAround(t)
	style := who["visitor"].Get("/").Find("link[rel=stylesheet]").AttrOr("href", "")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for name, b := range who {
		cookies := b.Get("/about/rules").Cookies()
		ask := func(method, path string) (*http.Response, int) {
			r, _ := http.NewRequest(method, a.URL+path, nil)
			r.Header.Set("Cookie", cookies)
			r.Header.Set("Accept-Encoding", "identity")
			answer, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			n, err := io.Copy(io.Discard, answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			return answer, int(n)
		}
		paths := []string{style, "/static/nowhere.css", "/nowhere"}
		for _, route := range a.ListRoutes() {
			if route.Method == http.MethodGet && !strings.HasSuffix(route.Path, "*") {
				paths = append(paths, filled(route.Path, things[2]))
			}
		}
		for _, path := range paths {
			get, _ := ask(http.MethodGet, path)
			head, body := ask(http.MethodHead, path)
			if head.StatusCode != get.StatusCode || body != 0 {
				t.Errorf("%s as %s: GET %d, HEAD %d with %d bytes", path, name, get.StatusCode, head.StatusCode, body)
			}
			for h, values := range get.Header {
				if !slices.Contains([]string{"Date", "X-Request-Id", "Set-Cookie", "Content-Length"}, h) && !slices.Equal(values, head.Header[h]) {
					t.Errorf("%s as %s: %s is %q, with HEAD %q", path, name, h, values, head.Header[h])
				}
			}
			if strings.HasPrefix(path, "/static") && get.Header.Get("Content-Length") != head.Header.Get("Content-Length") {
				t.Errorf("%s: %s bytes, with HEAD %s", path, get.Header.Get("Content-Length"), head.Header.Get("Content-Length"))
			}
		}
	}
}

// No header says anything twice, on any kind of page.
func TestHeadersSayThingsOnce(t *testing.T) {
	t.Parallel()
	a, who, things := askingAround(t)
	paths := []string{"/nowhere", "/static/nowhere.css", who["visitor"].Get("/").Find("link[rel=stylesheet]").AttrOr("href", "")}
	for _, route := range a.ListRoutes() {
		if route.Method == http.MethodGet && !strings.HasSuffix(route.Path, "*") {
			paths = append(paths, filled(route.Path, things[0]), filled(route.Path, things[2]))
		}
	}
	twice := func(list []string) string {
		slices.Sort(list)
		for i := 1; i < len(list); i++ {
			if list[i] == list[i-1] {
				return list[i]
			}
		}
		return ""
	}
	for name, b := range who {
		b.StopAtRedirects()
		for _, path := range paths {
			h := b.Get(path).Header
			var vary []string
			for part := range strings.SplitSeq(strings.Join(h.Values("Vary"), ","), ",") {
				vary = append(vary, strings.ToLower(strings.TrimSpace(part)))
			}
			if x := twice(vary); x != "" || len(h.Values("Vary")) > 1 {
				t.Errorf("%s as %s: Vary is %q", path, name, h.Values("Vary"))
			}
			if len(h.Values("Content-Security-Policy")) != 1 {
				t.Errorf("%s as %s has %d policies", path, name, len(h.Values("Content-Security-Policy")))
			}
			for directive := range strings.SplitSeq(h.Get("Content-Security-Policy"), ";") {
				if x := twice(strings.Fields(directive)); x != "" {
					t.Errorf("%s as %s: %s stands twice in %q", path, name, x, directive)
				}
			}
			if h.Get("Cross-Origin-Resource-Policy") != "same-origin" {
				t.Errorf("%s as %s: Cross-Origin-Resource-Policy %q", path, name, h.Get("Cross-Origin-Resource-Policy"))
			}
		}
	}
}

func TestFormsOfAnotherOriginAreRefused(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, func(c *config.Config) { c.BaseURL = "https://market.example" })
	site := a.Handler()
	for origin, want := range map[string]int{
		"": 303, "https://market.example": 303, "https://proxied.example": 303, "http://proxied.example": 403, "http://x@proxied.example": 403,
		"null": 403, "https://evil.example": 403, "https://market.example.evil.example": 403, "https://evil.example/https://market.example": 403, "http://": 403, "%": 403,
	} {
		token := strings.Repeat("x", 32)
		r := httptest.NewRequest(http.MethodPost, "http://proxied.example/appearance", strings.NewReader(url.Values{"_csrf": {token}, "theme": {"dark"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "__Host-csrf", Value: token})
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		w := httptest.NewRecorder()
		if site.ServeHTTP(w, r); w.Code != want {
			t.Errorf("Origin %q gets %d, want %d", origin, w.Code, want)
		}
	}
}

// Bytes that a database refuses are not found in a path, and left out of values.
func TestBrokenBytesGiveNo500(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(testing.TB, ...func(*config.Config)) *apptest.App{"sqlite": apptest.New, "postgres": apptest.NewOnPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := start(t)
			a.SignUpBrand(t, "brumelle")
			_, creator := a.JoinCreator(t, "penne.sandbox")
			site := a.Handler()
			for who, b := range map[string]*apptest.Browser{"visitor": a.NewBrowser(t), "brand": a.SignedInBrand(t, "brumelle"), "creator": a.SignedInCreator(t, "penne.sandbox"), "administrator": a.SignedInAdmin(t)} {
				page := b.Get("/signin")
				if page.Find("input[name=_csrf]").Length() == 0 {
					page = b.Get("/creators")
				}
				token, cookies := page.Find("input[name=_csrf]").First().AttrOr("value", ""), page.Cookies()
				ask := func(method, path, form string) int {
					r := httptest.NewRequest(method, path, strings.NewReader("_csrf="+url.QueryEscape(token)+form))
					r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
					r.Header.Set("Cookie", cookies)
					w := httptest.NewRecorder()
					site.ServeHTTP(w, r)
					return w.Code
				}
				for _, route := range a.ListRoutes() {
					if strings.HasSuffix(route.Path, "*") || route.Path == "/signout" {
						continue
					}
					for _, bad := range []string{"%FF", "%00", "a%00b", "%C3%28", "%ED%A0%80"} {
						if strings.Contains(route.Path, ":") {
							if got := ask(route.Method, parameter.ReplaceAllString(route.Path, bad), ""); got != http.StatusNotFound {
								t.Errorf("%s: %s %s with %s in the path: %d", who, route.Method, route.Path, bad, got)
							}
						}
						if bad != "%FF" && bad != "a%00b" || hashes[route.Path] {
							continue
						}
						values, path := "", filled(route.Path, creator)
						for _, p := range params {
							values += "&" + url.QueryEscape(p) + "=" + bad
						}
						values += "&" + bad + "=1&filter=" + bad + "&lang=" + bad
						if got := ask(route.Method, path+"?"+values[1:], values); got >= 500 && got != http.StatusServiceUnavailable {
							t.Errorf("%s: %s %s with %s in its values: %d", who, route.Method, path, bad, got)
						}
					}
				}
			}
		})
	}
}

func TestWellKnownAddresses(t *testing.T) {
	t.Parallel()
	for contact, want := range map[string]string{"safety@market.example": "mailto:safety@market.example", "": "/about/privacy"} {
		a := apptest.New(t, func(c *config.Config) { c.ContactEmail = contact })
		b := a.NewBrowser(t)
		p := b.Get("/.well-known/security.txt")
		fields := map[string]string{}
		for line := range strings.Lines(p.Body) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			fields[name] = value
		}
		expires, err := time.Parse(time.RFC3339, fields["Expires"])
		if p.Status != 200 || !strings.HasPrefix(p.Header.Get("Content-Type"), "text/plain") || !strings.HasSuffix(fields["Contact"], want) || fields["Canonical"] != a.URL+"/.well-known/security.txt" ||
			err != nil || !expires.After(a.Clock.Now().AddDate(0, 1, 0)) || expires.After(a.Clock.Now().AddDate(1, 0, 0)) {
			t.Errorf("%d %v", p.Status, fields)
		}
		b.StopAtRedirects()
		if p := b.Get("/.well-known/change-password"); p.Status != http.StatusSeeOther || p.Header.Get("Location") != "/settings/security" {
			t.Errorf("change-password answers %d to %q", p.Status, p.Header.Get("Location"))
		}
	}
}
