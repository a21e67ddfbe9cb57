package handlers_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
)

// anonymously is a request of a client without a session, whose form has its token.
func anonymously(method, path, address string) *http.Request {
	token := strings.Repeat("x", 32)
	r := httptest.NewRequest(method, path, strings.NewReader(url.Values{"_csrf": {token}}.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(&http.Cookie{Name: "csrf", Value: token})
	r.RemoteAddr = address
	return r
}

// Every address that can be used without a session is limited by client: no flood
// from one place fills a table.
func TestEveryRouteIsLimitedByClient(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	site := a.Handler()
	for i, route := range a.ListRoutes() {
		if strings.HasPrefix(route.Path, "/static") {
			continue // files, which write nothing
		}
		address, path := fmt.Sprintf("198.51.100.%d:1000", i), filled(route.Path, "bcdfghjkmn")
		for n := 0; ; n++ {
			w := httptest.NewRecorder()
			site.ServeHTTP(w, anonymously(route.Method, path, address))
			if w.Code == http.StatusTooManyRequests {
				break
			}
			if n > models.Programs.Most {
				t.Errorf("%s %s: request %d from one address got %d", route.Method, route.Path, n, w.Code)
				break
			}
		}
	}
}

// What strangers write by reading is named here; everything else is read alone.
func TestReadingWithoutASessionWritesNothing(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	site := a.Handler()
	writing := map[string]bool{
		"/auth/:provider/callback": true, // it ends what the sign-in began
		"/signin/factor":           true, // what there is to say on the next page
	}
	for i, route := range a.ListRoutes() {
		if route.Method != http.MethodGet || strings.HasPrefix(route.Path, "/static") || writing[route.Path] {
			continue
		}
		r := anonymously(http.MethodGet, filled(route.Path, "bcdfghjkmn"), fmt.Sprintf("198.51.100.%d:1000", i))
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r.WithContext(db.WithStatementObserver(r.Context(), func(statement string) {
			if verb, _, _ := strings.Cut(strings.TrimSpace(statement), " "); slices.Contains([]string{"INSERT", "UPDATE", "DELETE"}, strings.ToUpper(verb)) {
				t.Errorf("GET %s: %s", route.Path, statement)
			}
		})))
	}
}

// Headers of any length leave nothing behind that is longer than ours.
func TestAttackHeadersAreNotStored(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	site := a.Handler()
	mark := "q7headermark"
	long := strings.Repeat(mark, 2_000)
	send := func(path string, form url.Values) {
		token := strings.Repeat("x", 32)
		form.Set("_csrf", token)
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "csrf", Value: token})
		for _, h := range []string{"X-Request-Id", "User-Agent", "Referer", "Accept-Language", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Hx-Current-Url", "X-Correlation-Id", "Traceparent", "Accept", "If-None-Match"} {
			r.Header.Set(h, long)
		}
		r.AddCookie(&http.Cookie{Name: "lang", Value: long})
		r.AddCookie(&http.Cookie{Name: "theme", Value: long})
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		for name, values := range w.Header() {
			if strings.Contains(strings.Join(values, ""), mark) {
				t.Errorf("%s answers with the header %s of the request", path, name)
			}
		}
	}
	for _, password := range []string{"wrong password", apptest.Password} {
		send("/signin", url.Values{"email": {apptest.BrandEmail("brumelle")}, "password": {password}})
	}
	send("/forgot", url.Values{"email": {apptest.BrandEmail("brumelle")}})
	send("/auth/tiktok", url.Values{})
	send("/hooks/tiktok", url.Values{})
	send("/signup", url.Values{"brand": {"Fonte"}, "site": {"fonte.example"}, "country": {"FR"}, "sells": {"Pans"}, "name": {"A person"}, "email": {"new@brand.example"}, "password": {"correct horse battery"}})
	if n := apptest.Count(t, a, "SELECT count(*) FROM audit_events"); n < 3 {
		t.Fatalf("only %d events were audited", n)
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM audit_events WHERE length(request_id) > 64 OR length(address) > 64 OR request_id = ''"); n != 0 {
		t.Errorf("%d events have a long id or none", n)
	}
	if found := apptest.FindText(t, a.DB, mark); len(found) > 0 {
		t.Errorf("headers are kept in %v", found)
	}
}
