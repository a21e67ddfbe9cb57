package negotiations

import (
	"testing"

	"tribemarket/internal/testkit"
)

// The short form of `task soak -- negotiations random`.
func TestRandomNegotiations(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabaseURLs(t, func(t *testing.T, database string) {
		w, err := openWorld(t.Context(), database, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		if err := w.negotiateRandomly(t.Context(), short); err != nil {
			t.Fatal(err)
		}
	})
}
