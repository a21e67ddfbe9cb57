package platform_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"tribemarket/models/platform"
)

func TestParseHandle(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		platform, text, handle string
		err                    error
	}{
		{platform.TikTok, "@lea.cuisine", "lea.cuisine", nil},
		{platform.TikTok, " Lea_1 ", "Lea_1", nil},
		{platform.TikTok, "lea\u200b", "lea", nil},
		{platform.TikTok, "https://www.tiktok.com/@lea.cuisine?lang=fr", "lea.cuisine", nil},
		{platform.TikTok, "tiktok.com/@lea/video/7301234567890123456", "lea", nil},
		{platform.TikTok, "https://vm.tiktok.com/ZMabc123/", "", platform.ErrShortURL},
		{platform.TikTok, "https://www.tiktok.com/t/ZTabc/", "", platform.ErrShortURL},
		{platform.TikTok, "https://www.instagram.com/lea/", "", platform.ErrOtherSite},
		{platform.TikTok, "https://evil.example/@lea", "", platform.ErrOtherSite},
		{platform.TikTok, "https://www.tiktok.com/explore", "", platform.ErrNamesNoOwner},
		{platform.TikTok, "Luna Brisk", "", platform.ErrNotAHandle},
		{platform.TikTok, "lea.", "", platform.ErrNotAHandle},
		{platform.TikTok, "lеа", "", platform.ErrNotAHandle}, // Cyrillic
		{platform.TikTok, "=HYPERLINK(1)", "", platform.ErrNotAHandle},
		{platform.TikTok, "", "", platform.ErrNotAHandle},
		{platform.TikTok, "@", "", platform.ErrNotAHandle},
		{platform.TikTok, strings.Repeat("a", 25), "", platform.ErrNotAHandle},
		{platform.Instagram, "instagram.com/lea", "lea", nil},
		{platform.Instagram, "https://www.instagram.com/reel/AbCdEfGhIjK/", "", platform.ErrNamesNoOwner},
		{platform.Instagram, "https://www.instagram.com/share/abc", "", platform.ErrShortURL},
		{platform.Instagram, "le..a", "", platform.ErrNotAHandle},
		{platform.Instagram, ".lea", "", platform.ErrNotAHandle},
		{platform.Instagram, strings.Repeat("a", 30), strings.Repeat("a", 30), nil},
		{platform.Instagram, strings.Repeat("a", 31), "", platform.ErrNotAHandle},
		{platform.YouTube, "https://www.youtube.com/@LeaCooks/videos", "LeaCooks", nil},
		{platform.YouTube, "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "UCabcdefghijklmnopqrstuv", nil},
		{platform.YouTube, "UCabcdefghijklmnopqrstuv", "UCabcdefghijklmnopqrstuv", nil},
		{platform.YouTube, "https://www.youtube.com/c/LeaCooks", "", platform.ErrNamesNoOwner},
		{platform.YouTube, "https://youtu.be/abcdefghijk", "", platform.ErrShortURL},
		{platform.YouTube, "서은", "서은", nil},
		{platform.YouTube, "✿ Lea ✿", "", platform.ErrNotAHandle},
		{platform.YouTube, "lеa_cooks", "", platform.ErrNotAHandle}, // Latin and Cyrillic
		{platform.YouTube, "le", "", platform.ErrNotAHandle},
		{platform.Twitch, "twitch.tv/vexqx", "vexqx", nil},
		{platform.Twitch, "https://www.twitch.tv/directory/game", "", platform.ErrNamesNoOwner},
		{platform.Twitch, "Vale Games (valegames)", "", platform.ErrNotAHandle},
	} {
		if got, err := platform.ParseHandle(tc.platform, tc.text); got != tc.handle || !errors.Is(err, tc.err) {
			t.Errorf("%s %q is %q, %v, want %q, %v", tc.platform, tc.text, got, err, tc.handle, tc.err)
		}
	}
}

// Whatever is typed for a handle, what comes out is one that the platform allows, and
// reads as itself, also out of its address.
func FuzzParseHandle(f *testing.F) {
	for _, s := range []string{"lea", "@Lea.Cuisine", "https://www.tiktok.com/@lea?x=1", "instagram.com/lea/", "//", "@@", "%2f", "\u202e", "a\x00b", "https://x/\n", strings.Repeat("é", 300), "서은"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, on := range platform.Names() {
			h, err := platform.ParseHandle(on, s)
			if err != nil {
				continue
			}
			if n := utf8.RuneCountInString(h); n == 0 || n > platform.LongestHandle || !utf8.ValidString(h) || strings.ContainsAny(h, "@/ \n\r\x00") {
				t.Errorf("%q reads as %q", s, h)
			}
			for _, again := range []string{h, "@" + h, platform.ProfileURL(on, h)} {
				if got, err := platform.ParseHandle(on, again); err != nil || got != h {
					t.Errorf("%q reads as %q, and %q as %q (%v)", s, h, again, got, err)
				}
			}
		}
	})
}
