package accounts_test

import (
	"net/http"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

func TestACreatorSignsInWithEachPlatform(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for platform, handle := range map[string]string{"tiktok": "penne.sandbox", "youtube": "penne.sandbox", "instagram": "penne.sandbox", "twitch": "penne_sandbox"} {
		if page := a.NewBrowser(t).SignInWithPlatform(platform, handle); page.Path != "/welcome" || page.Status != http.StatusOK {
			t.Errorf("%s led to %d %s: %.300s", platform, page.Status, page.Path, page.Text())
		}
	}
}

// An account that has nothing to read is told what to do about it, and nobody
// is signed in.
func TestAnAccountWithoutFiguresIsToldSo(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for platform, c := range map[string]struct{ handle, says string }{
		"youtube":   {"nochannel.sandbox", "has no channel on YouTube"},
		"twitch":    {"hidden_sandbox", "Your number of followers is hidden"},
		"instagram": {"personal.sandbox", "gives no figures for personal accounts"},
	} {
		b := a.NewBrowser(t)
		page := b.SignInWithPlatform(platform, c.handle)
		if page.Status != http.StatusForbidden || !strings.Contains(page.Text(), c.says) || page.Find("form[action='/auth/"+platform+"']").Length() == 0 {
			t.Errorf("%s: %d on %s says %.500s", platform, page.Status, page.Path, page.Find("main").Text())
		}
		if b.Get("/dashboard").Path != "/signin" {
			t.Errorf("%s: somebody is signed in", platform)
		}
	}
}
