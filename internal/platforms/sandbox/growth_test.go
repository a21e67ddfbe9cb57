package sandbox_test

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit"
)

// figures are followers and the views of the first video, as user info and the
// list of videos tell them.
func (w *world) figures(handle string) [2]int64 {
	w.t.Helper()
	a, _ := w.box.TikTokAccount(handle)
	token := w.token(a.OpenID, "user.info.basic", "user.info.stats", "video.list")
	_, _, user := w.api("GET", "/tiktok/v2/user/info/?fields=follower_count", token, "")
	_, _, list := w.api("POST", "/tiktok/v2/video/list/?fields=view_count", token, "{}")
	followers := user["user"].(map[string]any)["follower_count"].(float64)
	views := list["videos"].([]any)[0].(map[string]any)["view_count"].(float64)
	return [2]int64{int64(followers), int64(views)}
}

func growing(t *testing.T, since time.Time) *world {
	t.Helper()
	clock := testkit.NewClock()
	box := sandbox.New(clock.Now, sandbox.DefaultAccounts(clock.Now()), sandbox.Options{
		ClientKey: "ck", ClientSecret: "cs", RedirectURIs: []string{callback}, GrowingSince: since,
	})
	server := httptest.NewServer(box)
	t.Cleanup(server.Close)
	return &world{t, clock, box, server.URL}
}

func TestFiguresMoveWithTheClockWhenAsked(t *testing.T) {
	t.Parallel()
	w, still := growing(t, testkit.ClockStart), newWorld(t)
	for _, handle := range []string{"penne.sandbox", "solder.sandbox"} {
		if w.figures(handle) != still.figures(handle) {
			t.Errorf("@%s begins with %v", handle, w.figures(handle))
		}
	}
	before, seen := w.figures("solder.sandbox"), map[string]bool{}
	for day := range 7 {
		w.clock.Advance(24 * time.Hour)
		still.clock.Advance(24 * time.Hour)
		now := w.figures("solder.sandbox")
		if now != w.figures("solder.sandbox") {
			t.Errorf("day %d has two figures", day)
		}
		if now[0] == before[0] || now[1] <= before[1] {
			t.Errorf("day %d: %v after %v", day, now, before)
		}
		before = now
		seen[fmt.Sprint(now)] = true
	}
	if len(seen) != 7 {
		t.Errorf("%d different days", len(seen))
	}
	if again := growing(t, testkit.ClockStart); func() bool { again.clock.Advance(7 * 24 * time.Hour); return again.figures("solder.sandbox") != before }() {
		t.Error("another sandbox at the same time says something else")
	}
	if a, _ := still.box.TikTokAccount("solder.sandbox"); still.figures("solder.sandbox")[0] != a.Followers {
		t.Error("figures move unasked")
	}
}
