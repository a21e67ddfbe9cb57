package platforms_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/markbates/goth/providers/faux"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/instagram"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/internal/platforms/twitch"
	"tribemarket/internal/platforms/youtube"
	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
)

func TestEachPlatformIsOnWithItsCredentials(t *testing.T) {
	t.Parallel()
	now := testkit.NewClock().Now
	on := map[string]func(id, secret string) platforms.Config{
		"tiktok": func(id, secret string) platforms.Config {
			return platforms.Config{TikTok: tiktok.Config{ClientKey: id, ClientSecret: secret}}
		},
		"youtube": func(id, secret string) platforms.Config {
			return platforms.Config{YouTube: youtube.Config{ClientID: id, ClientSecret: secret}}
		},
		"instagram": func(id, secret string) platforms.Config {
			return platforms.Config{Instagram: instagram.Config{ClientID: id, ClientSecret: secret}}
		},
		"twitch": func(id, secret string) platforms.Config {
			return platforms.Config{Twitch: twitch.Config{ClientID: id, ClientSecret: secret}}
		},
	}
	for name, cfg := range on {
		for _, half := range []platforms.Config{cfg("", ""), cfg("k", ""), cfg("", "s")} {
			if got := platforms.New(half, now); len(got) != 0 {
				t.Errorf("%s: offers %v without credentials", name, got)
			}
		}
		all := platforms.New(cfg("k", "s"), now)
		p, ok := all.ProviderOf(name)
		if !ok || len(all) != 1 || p.Platform != name || p.OAuth.Name() != name || p.API == nil {
			t.Errorf("%s: offers %v", name, all)
		}
		for _, other := range []string{"", "TikTok", "faux"} {
			if _, ok := all.ProviderOf(other); ok {
				t.Errorf("offers %q", other)
			}
		}
		if _, sends := p.RemovalHook(); sends != (name == "tiktok" || name == "instagram") {
			t.Errorf("%s sends messages: %v", name, sends)
		}
		if _, asks := p.API.(creators.TokenValidator); asks != (name == "twitch") {
			t.Errorf("%s wants to be asked every hour: %v", name, asks)
		}
	}
	if !slices.Equal(slices.Sorted(maps.Keys(on)), slices.Sorted(slices.Values(platform.Names()))) {
		t.Error("a platform is missing here")
	}
}

// Every address of every platform leads below the one that stands in for all.
func TestAt(t *testing.T) {
	t.Parallel()
	cfg := platforms.WithBaseURL("http://127.0.0.1:9/x/", platforms.Config{
		TikTok: tiktok.Config{ClientKey: "k", ClientSecret: "s", CallbackURL: "c"}, YouTube: youtube.Config{ClientID: "k", ClientSecret: "s"},
		Instagram: instagram.Config{ClientID: "k", ClientSecret: "s"}, Twitch: twitch.Config{ClientID: "k", ClientSecret: "s"},
	})
	if cfg.TikTok.CallbackURL != "c" || cfg.TikTok.ClientKey != "k" {
		t.Errorf("the app has changed: %v", cfg.TikTok)
	}
	for name, c := range map[string]any{"tiktok": cfg.TikTok, "youtube": cfg.YouTube, "instagram": cfg.Instagram, "twitch": cfg.Twitch} {
		v := reflect.ValueOf(c)
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			if strings.HasSuffix(field, "URL") && field != "CallbackURL" && !strings.HasPrefix(v.Field(i).String()+"/", "http://127.0.0.1:9/x/"+name+"/") {
				t.Errorf("%s: %s is %q", name, field, v.Field(i))
			}
		}
	}
	for _, p := range platforms.New(cfg, testkit.NewClock().Now) {
		session, err := p.OAuth.BeginAuth("s")
		if err != nil {
			t.Fatal(err)
		}
		if address, _ := session.GetAuthURL(); !strings.HasPrefix(address, "http://127.0.0.1:9/x/"+p.Platform+"/") {
			t.Errorf("%s begins at %s", p.Platform, address)
		}
	}
}

func TestGranted(t *testing.T) {
	t.Parallel()
	want := creators.PlatformToken{Access: "a", Refresh: "r"}
	if got, ok := platforms.GrantedToken(&tiktok.Session{Granted: want}); !ok || got.Access != "a" || got.Refresh != "r" {
		t.Errorf("%#v %t", got, ok)
	}
	if _, ok := platforms.GrantedToken(&tiktok.Session{}); ok {
		t.Error("a session that was never authorized holds a token")
	}
	if _, ok := platforms.GrantedToken(&faux.Session{}); ok {
		t.Error("a session of another kind holds a token")
	}
}
