package testkit

import (
	"context"
	"net/http"
	"testing"
	"time"
)

// CatchUp makes a search index take in everything that has been committed, for a test
// that searches without following changes.
func CatchUp(t testing.TB, engine interface {
	CatchUp(ctx context.Context) error
}) {
	t.Helper()
	if err := engine.CatchUp(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// WaitUntilReady waits for an instance that has just started.
func WaitUntilReady(t testing.TB, baseURL string) {
	t.Helper()
	ticks := time.NewTicker(20 * time.Millisecond)
	defer ticks.Stop()
	late := time.After(30 * time.Second)
	for {
		if answer, err := http.Get(baseURL + "/readyz"); err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case <-late:
			t.Fatal("not ready within half a minute")
		case <-ticks.C:
		}
	}
}
