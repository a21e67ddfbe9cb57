package apptest_test

import (
	"net/http"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

func TestEveryPlatformSignsIn(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for platform, handle := range map[string]string{"tiktok": "penne.sandbox", "youtube": "penne.sandbox", "instagram": "penne.sandbox", "twitch": "penne_sandbox"} {
		if p := a.NewBrowser(t).SignInWithPlatform(platform, handle); p.Status != http.StatusOK || p.Path != "/welcome" && p.Path != "/dashboard" {
			t.Errorf("%s led to %d %s", platform, p.Status, p.Path)
		}
	}
}

// A platform's stand-in knows one set of tokens, whichever node asks.
func TestNodesShareThePlatforms(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.StartNode(t)
	if a.Sandbox != b.Sandbox {
		t.Error("a node has platforms of its own")
	}
	if p := b.NewBrowser(t).SignInWithPlatform("youtube", "penne.sandbox"); p.Status != http.StatusOK {
		t.Errorf("on the second node: %d %s", p.Status, p.Path)
	}
}
