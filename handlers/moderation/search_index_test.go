package moderation_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/views/paths"
)

func TestAnAdministratorSeesTheSearchIndex(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.JoinCreator(t, "penne.sandbox")
	admin := a.SignedInAdmin(t)
	if p := admin.Get(paths.Admin()).Find("#index").Text(); !strings.Contains(p, "Creators in the index1") || !strings.Contains(p, "Last change added on") || !strings.Contains(p, "MB") {
		t.Errorf("the index is %s", p)
	}
	// A node that has none yet says so. What needs the index asks the browser to try
	// again, and nothing else waits.
	other := a.StartNode(t)
	ask := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "session", Value: admin.Cookie("session")})
		answer := httptest.NewRecorder()
		other.Handler().ServeHTTP(answer, r)
		return answer
	}
	if p := ask(paths.Admin()).Body.String(); !strings.Contains(p, "The index is being built") {
		t.Errorf("without an index the page says %s", p)
	}
	if ready := ask("/readyz"); ready.Code != http.StatusServiceUnavailable {
		t.Errorf("without an index the node answers %d", ready.Code)
	}
	found := ask("/creators?q=penne")
	if h := found.Header(); found.Code != http.StatusServiceUnavailable || h.Get("Refresh") != "2" || h.Get("Retry-After") != "2" || !strings.Contains(found.Body.String(), "This page tries again by itself") {
		t.Errorf("without an index the search gives %d %v", found.Code, h)
	}
	for _, path := range []string{"/admin", "/admin/deals", "/tribes", "/rankings", "/healthz", "/about/figures", "/settings"} {
		if p := ask(path); p.Code != http.StatusOK {
			t.Errorf("without an index %s answers %d", path, p.Code)
		}
	}
	testkit.CatchUp(t, other.Search)
	if ready, found := ask("/readyz"), ask("/creators?q=penne"); ready.Code != http.StatusOK || found.Code != http.StatusOK || !strings.Contains(found.Body.String(), "Penne Trial") || found.Header().Get("Refresh") != "" {
		t.Errorf("with an index the node answers %d, its search %d", ready.Code, found.Code)
	}
}
