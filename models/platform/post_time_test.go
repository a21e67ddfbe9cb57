package platform_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/models/platform"
)

func TestPostTime(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ platform, key, want string }{
		{platform.TikTok, "6584720876686540807", "2018-08-01"},
		{platform.TikTok, "7301234567890123456", "2023-11-14"},
		{platform.TikTok, "123456789012", ""},
		{platform.TikTok, "99999999999999999999", ""},
		{platform.Instagram, "Bl73usTgDA5", "2018-08-01"},
		{platform.Instagram, "AbC_dE-12", ""},
		{platform.Instagram, "story:123456789", ""},
		{platform.YouTube, "abcdefghijk", ""},
		{platform.Twitch, "1234567890", ""},
	} {
		at, ok := platform.PostTime(tc.platform, tc.key)
		if got := at.Format(time.DateOnly); ok != (tc.want != "") || ok && got != tc.want {
			t.Errorf("%s %s was made on %s (%v), want %q", tc.platform, tc.key, got, ok, tc.want)
		}
	}
}

func TestPostKeyTellsItsTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := time.Unix(rapid.Int64Range(1_400_000_000, 2_100_000_000).Draw(t, "at"), 0).UTC()
		for _, on := range []string{platform.TikTok, platform.Instagram} {
			key := platform.PostKeyAt(on, want, rapid.Uint16().Draw(t, "number"))
			if got, ok := platform.PostTime(on, key); !ok || !got.Equal(want) {
				t.Fatalf("%s %s was made at %s, want %s", on, key, got, want)
			}
		}
	})
}
