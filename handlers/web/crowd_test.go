package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"

	"tribemarket/views/paths"
)

// Beyond their bound, forms of visitors are crowded out at once, and nothing else is.
func TestAttackVisitorFormsAreBounded(t *testing.T) {
	t.Parallel()
	inside, end := make(chan struct{}), make(chan struct{})
	waiting := false
	bound := (&Base{}).BoundVisitorForms()(func(c echo.Context) error {
		if waiting {
			inside <- struct{}{}
			<-end
		}
		return nil
	})
	ask := func(method, path string) echo.Context {
		c := echo.New().NewContext(httptest.NewRequest(method, path, nil), httptest.NewRecorder())
		c.SetPath(path)
		return c
	}
	waiting = true
	done := make(chan error)
	for range mostVisitorForms {
		go func() { done <- bound(ask(http.MethodPost, paths.SignIn(""))) }()
		<-inside
	}
	waiting = false
	for _, x := range []struct {
		method, path string
		crowded      bool
	}{
		{http.MethodPost, paths.SignIn(""), true}, {http.MethodPost, paths.SignUp(), true}, {http.MethodPost, paths.PasswordReset(":token"), true},
		{http.MethodGet, paths.SignIn(""), false}, {http.MethodPost, "/negotiations/:id/acceptance", false}, {http.MethodGet, "/creators", false},
	} {
		c := ask(x.method, x.path)
		if err := bound(c); err != nil || IsCrowdedOut(c) != x.crowded {
			t.Errorf("%s %s is crowded out: %v, %v", x.method, x.path, IsCrowdedOut(c), err)
		}
	}
	close(end)
	for range mostVisitorForms {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if c := ask(http.MethodPost, paths.SignIn("")); bound(c) != nil || IsCrowdedOut(c) {
		t.Error("a place is not given back")
	}
}
