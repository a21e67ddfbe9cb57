package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/issuer"
)

// FuzzCallback opens callbacks that nobody began: whatever they hold, nobody is
// let in, nothing fails on our side, and nothing of it is repeated as markup.
func FuzzCallback(f *testing.F) {
	for _, seed := range [][3]string{
		{"tiktok", "code=x&state=y", "b"}, {"oidc", "code=x&state=y&iss=https%3A%2F%2Fevil.example", ""}, {"youtube", "error=access_denied&error_description=%3Cscript%3E", "b"},
		{"twitch", "state=%00&code=%ff", "\x00"}, {"instagram", "state=a&state=b&code[]=1", "b"}, {"none", "", ""}, {"tiktok", "%zz;&&=", "b"}, {"oidc", strings.Repeat("a=b&", 500), "x"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	i := issuer.New(f, testkit.NewClock().Now)
	site := apptest.New(f, apptest.TrustIssuer(i)).Handler()
	f.Fuzz(func(t *testing.T, provider, query, browser string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = &url.URL{Path: "/auth/" + provider + "/callback", RawQuery: query}
		r.Header.Set("Cookie", "signin="+strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(browser, "\n", ""), "\r", ""), ""))
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code == http.StatusSeeOther && w.Header().Get("Location") != "/signin" {
			t.Errorf("%q ? %q got %d to %q", provider, query, w.Code, w.Header().Get("Location"))
		}
		if strings.Contains(w.Body.String(), "<script>alert") {
			t.Error("a script stands in the page")
		}
	})
}
