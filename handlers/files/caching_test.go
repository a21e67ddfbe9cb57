package files_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/files"
)

// Caches keep a picture but ask before each use, so that it is gone at once when it is
// hidden or removed. The answer that it is still the same takes two queries and no file.
func TestCachesAskBeforeTheyShowAPicture(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	penne, _ := a.JoinCreator(t, "penne.sandbox")
	p := addWork(t, a, penne)
	address, owner := "/pictures/"+p.PublicID+"/480", a.SignedInCreator(t, "penne.sandbox")
	site, queries := a.Handler(), 0
	get := func(tag, session string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.RemoteAddr = "203.0.113.7:1000"
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		if session != "" {
			r.AddCookie(&http.Cookie{Name: "session", Value: session})
		}
		answer := httptest.NewRecorder()
		queries = 0
		site.ServeHTTP(answer, r.WithContext(db.WithStatementObserver(r.Context(), func(string) { queries++ })))
		if set := answer.Header().Values("Set-Cookie"); len(set) != 0 {
			t.Errorf("%d sets %v, which caches would give to everybody", answer.Code, set)
		}
		return answer
	}
	first := get("", "")
	tag := first.Header().Get("ETag")
	if first.Code != http.StatusOK || tag == "" || first.Header().Get("Cache-Control") != "public, no-cache" {
		t.Fatalf("%d, %v", first.Code, first.Header())
	}
	same := get(tag, "")
	if same.Code != http.StatusNotModified || same.Body.Len() != 0 || queries > 2 || same.Header().Get("Cache-Control") != "public, no-cache" || same.Header().Get("ETag") != tag {
		t.Errorf("asked again: %d after %d queries, %v", same.Code, queries, same.Header())
	}
	if own := get(tag, owner.Cookie("session")); own.Code != http.StatusNotModified || queries > 4 || own.Header().Get("Cache-Control") != "private, no-cache" {
		t.Errorf("the owner asks again: %d after %d queries, %v", own.Code, queries, own.Header())
	}
	const asked = 100
	began := time.Now()
	for range asked {
		get(tag, "")
	}
	t.Logf("asked again: %s each", time.Since(began)/asked)

	change := func(hide bool) {
		apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
			if hide {
				_, err := files.HidePicture(tx.DB, p.ID, "by somebody else", a.Clock.Now())
				return err
			}
			_, err := files.RestorePicture(tx.DB, p.ID, "by somebody else")
			return err
		}))
	}
	change(true)
	if answer := get(tag, ""); answer.Code != http.StatusNotFound || answer.Header().Get("ETag") != "" {
		t.Errorf("hidden: %d, %v", answer.Code, answer.Header())
	}
	if answer := get(tag, owner.Cookie("session")); answer.Code != http.StatusNotModified {
		t.Errorf("hidden, for its owner: %d", answer.Code)
	}
	change(false)
	if answer := get(tag, ""); answer.Code != http.StatusNotModified {
		t.Errorf("restored: %d", answer.Code)
	}
	apptest.Must(t, a.Files.RemovePicture(t.Context(), penne, p.PublicID))
	for who, session := range map[string]string{"a visitor": "", "its owner": owner.Cookie("session")} {
		if answer := get(tag, session); answer.Code != http.StatusNotFound {
			t.Errorf("removed, for %s: %d", who, answer.Code)
		}
	}
}

// A page of a search has more pictures than pages may be read at once; they have a limit of
// their own.
func TestPicturesHaveALimitOfTheirOwn(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	penne, _ := a.JoinCreator(t, "penne.sandbox")
	p := addWork(t, a, penne)
	site := a.Handler()
	get := func(path string) int {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.RemoteAddr = "203.0.113.7:1000"
		answer := httptest.NewRecorder()
		site.ServeHTTP(answer, r)
		return answer.Code
	}
	for i := range models.PictureViews.Most {
		if code := get("/pictures/" + p.PublicID + "/160"); code != http.StatusOK {
			t.Fatalf("picture %d got %d", i+1, code)
		}
	}
	if code := get("/pictures/" + p.PublicID + "/160"); code != http.StatusTooManyRequests {
		t.Errorf("one more got %d", code)
	}
	if code := get("/about/rules"); code != http.StatusOK {
		t.Errorf("a page after them got %d", code)
	}
}

// addWork adds a creator's work and returns it.
func addWork(t *testing.T, a *apptest.App, creator models.Actor) files.Picture {
	t.Helper()
	p, err := a.Files.AddPicture(t.Context(), creator, files.Work, strings.NewReader(plainPNG(t, 3)), "A work")
	apptest.Must(t, err)
	return p
}
