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

// Only the address of a profile, of one of its tabs, or of a post that says whose it is
// names an account: whatever else stands first in a path is a page of the platform.
func TestAddressesThatNameNoAccount(t *testing.T) {
	t.Parallel()
	for on, addresses := range map[string][]string{
		platform.Instagram: {
			"instagram.com/", "instagram.com/_n/mainfeed", "instagram.com/_n/ada.bakes", "instagram.com/_u/ada.bakes/reels", "instagram.com/_u", "instagram.com/s/aGlnaGxpZ2h0OjE3", "instagram.com/web/search",
			"instagram.com/Web", "instagram.com/channel/AbCdEfGh", "instagram.com/ar/1234567890", "instagram.com/profilecard/?igsh=x", "instagram.com/invites/contact", "instagram.com/legal/terms",
			"instagram.com/legal", "instagram.com/PRESS/", "instagram.com/api/v1", "instagram.com/igtv", "instagram.com/developer", "instagram.com/lite", "instagram.com/explore/tags/food",
			"instagram.com/stories/highlights/17900000000000000", "instagram.com/p/AbCdEfGhIjK", "instagram.com/ada.bakes/anything", "//www.instagram.com//explore/",
		},
		platform.Twitch: {
			"twitch.tv", "twitch.tv/embed/adaplays/chat", "twitch.tv/subs/adaplays", "twitch.tv/team/bakers", "twitch.tv/products/adaplays", "twitch.tv/events/abc", "twitch.tv/jobs", "twitch.tv/downloads",
			"twitch.tv/following", "twitch.tv/directory", "twitch.tv/popout/adaplays/chat", "twitch.tv/moderator/adaplays", "twitch.tv/videos/1234567890", "twitch.tv/adaplays/anything",
			"clips.twitch.tv/CleverBakerFish", "https://clips.twitch.tv/adaplays/CleverBakerFish",
		},
		platform.TikTok: {"tiktok.com", "tiktok.com/tag/food", "tiktok.com/music/song-1", "tiktok.com/adabakes", "tiktok.com/embed/7301234567890123456", "tiktok.com/@adabakes/anything", "tiktok.com/live"},
		platform.YouTube: {
			"youtube.com", "youtube.com/watch?v=abcdefghijk", "youtube.com/shorts/abcdefghijk", "youtube.com/feed/trending", "youtube.com/adabakes", "youtube.com/user/adabakes", "youtube.com/channel/adabakes",
			"youtube.com/channel", "youtube.com/@adabakes/anything", "youtube.com/playlist?list=PL1", "youtube.com/hashtag/food",
		},
	} {
		for _, address := range addresses {
			if got, err := platform.ParseHandle(on, address); !errors.Is(err, platform.ErrNamesNoOwner) {
				t.Errorf("%s names %q (%v)", address, got, err)
			}
		}
	}
}

func TestAddressesThatNameAnAccount(t *testing.T) {
	t.Parallel()
	for on, addresses := range map[string][]string{
		platform.Instagram: {"instagram.com/ada.bakes/?hl=fr", "instagram.com/_u/ada.bakes", "instagram.com/ada.bakes/reels/", "instagram.com/ada.bakes/tagged", "//instagram.com/ada.bakes", "https://www.instagram.com/ada.bakes/p/AbCdEfGhIjK/", "instagram.com/stories/ada.bakes/1234567890"},
		platform.Twitch:    {"twitch.tv/ada_plays", "m.twitch.tv/ada_plays/videos?filter=all", "twitch.tv/ada_plays/clips", "twitch.tv/ada_plays/about", "twitch.tv/ada_plays/schedule", "twitch.tv/ada_plays/clip/CleverBakerFish", "twitch.tv/ada_plays/v/1234567890"},
		platform.TikTok:    {"tiktok.com/@ada.bakes", "//www.tiktok.com/@ada.bakes", "tiktok.com/@ada.bakes/video/7301234567890123456", "tiktok.com/@ada.bakes/photo/7301234567890123456", "tiktok.com/@ada.bakes/live"},
		platform.YouTube:   {"youtube.com/@ada.bakes", "youtube.com/@ada.bakes/videos", "m.youtube.com/@ada.bakes/shorts", "youtube.com/@ada.bakes/featured?x=1"},
	} {
		want := "ada.bakes"
		if on == platform.Twitch {
			want = "ada_plays"
		}
		for _, address := range addresses {
			if got, err := platform.ParseHandle(on, address); got != want || err != nil {
				t.Errorf("%s names %q (%v)", address, got, err)
			}
		}
	}
	if got, err := platform.ParseHandle(platform.Instagram, "@explore"); !errors.Is(err, platform.ErrNotAHandle) {
		t.Errorf("a page of the platform is the handle %q", got)
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
