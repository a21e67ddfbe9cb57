package platforms_test

import (
	"testing"

	"github.com/markbates/goth/providers/faux"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
)

func TestNew(t *testing.T) {
	t.Parallel()
	now := testkit.NewClock().Now
	for _, half := range []tiktok.Config{{}, {ClientKey: "k"}, {ClientSecret: "s"}} {
		if got := platforms.New(platforms.Config{TikTok: half}, now); len(got) != 0 {
			t.Errorf("offers %v without credentials", got)
		}
	}
	all := platforms.New(platforms.Config{TikTok: tiktok.Config{ClientKey: "k", ClientSecret: "s"}}, now)
	p, ok := all.Get("tiktok")
	if !ok || len(all) != 1 || p.Platform != "tiktok" || p.OAuth.Name() != "tiktok" || p.API == nil {
		t.Errorf("offers %v", all)
	}
	for _, other := range []string{"", "TikTok", "faux"} {
		if _, ok := all.Get(other); ok {
			t.Errorf("offers %q", other)
		}
	}
}

func TestGranted(t *testing.T) {
	t.Parallel()
	want := creators.Token{Access: "a", Refresh: "r"}
	if got, ok := platforms.Granted(&tiktok.Session{Granted: want}); !ok || got.Access != "a" || got.Refresh != "r" {
		t.Errorf("%#v %t", got, ok)
	}
	if _, ok := platforms.Granted(&tiktok.Session{}); ok {
		t.Error("a session that was never authorized holds a token")
	}
	if _, ok := platforms.Granted(&faux.Session{}); ok {
		t.Error("a session of another kind holds a token")
	}
}
