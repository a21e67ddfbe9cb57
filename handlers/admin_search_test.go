package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/views/paths"
)

func TestAnAdministratorSeesTheSearchIndex(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.Creator(t, "penne.sandbox")
	admin := a.SignedInAdmin(t)
	if p := admin.Get(paths.Admin()).Find("#index").Text(); !strings.Contains(p, "Creators in it1") || !strings.Contains(p, "Last change taken in at") || !strings.Contains(p, "MB") {
		t.Errorf("the index is %s", p)
	}
	// A node that has none yet says so, and is ready all the same.
	other := a.Node(t)
	ask := func(path string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "session", Value: admin.Cookie("session")})
		answer := httptest.NewRecorder()
		other.Handler().ServeHTTP(answer, r)
		return answer
	}
	if p := ask(paths.Admin()).Body.String(); !strings.Contains(p, "It is being made") {
		t.Errorf("without an index the page says %s", p)
	}
	if ready := ask("/readyz"); ready.Code != http.StatusOK {
		t.Errorf("without an index the node answers %d", ready.Code)
	}
	if found := ask("/creators?q=penne"); found.Code != http.StatusOK || !strings.Contains(found.Body.String(), "Penne Trial") {
		t.Errorf("without an index the search gives %d", found.Code)
	}
}
