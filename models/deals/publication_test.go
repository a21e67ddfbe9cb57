package deals_test

import (
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/deals"
)

const star = "noor.bakes"

func TestPublications(t *testing.T) {
	t.Parallel()
	const id = "7301234567890123456"
	own := []string{"noor.bakes", "noor_two"}
	full := "https://www.tiktok.com/@noor.bakes/video/" + id
	for _, c := range []struct {
		platform, format, address string
		want                      deals.Publication // when err is ""
		err                       string
	}{
		{"tiktok", "video", full, deals.Publication{URL: full, Key: id, Proven: true}, ""},
		{"tiktok", "video", " " + full + "?is_from_webapp=1&sender_device=pc#x ", deals.Publication{URL: full, Key: id, Proven: true}, ""},
		{"tiktok", "video", "http://m.tiktok.com/@Noor.Bakes/video/" + id + "/", deals.Publication{URL: full, Key: id, Proven: true}, ""},
		{"tiktok", "video", "tiktok.com/%40noor.bakes/video/" + id, deals.Publication{URL: full, Key: id, Proven: true}, ""},
		{"tiktok", "video", "https://WWW.TIKTOK.COM./@noor_two/photo/" + id, deals.Publication{URL: "https://www.tiktok.com/@noor_two/photo/" + id, Key: id, Proven: true}, ""},
		{"tiktok", "video", "", deals.Publication{}, "deals.address.missing"},
		{"tiktok", "video", "https://www.tiktok.com/@somebody/video/" + id, deals.Publication{}, "deals.address.not_yours"},
		{"tiktok", "video", "https://vm.tiktok.com/ZMabc123/", deals.Publication{}, "deals.address.short"},
		{"tiktok", "video", "vt.tiktok.com/ZSabc", deals.Publication{}, "deals.address.short"},
		{"tiktok", "video", "https://www.tiktok.com/t/ZTabc/", deals.Publication{}, "deals.address.short"},
		{"tiktok", "video", "https://m.tiktok.com/v/" + id + ".html", deals.Publication{}, "deals.address.short"},
		{"tiktok", "video", "https://www.tiktok.com/@noor.bakes", deals.Publication{}, "deals.address.no_post"},
		{"tiktok", "video", "https://www.tiktok.com/@noor.bakes/video/12", deals.Publication{}, "deals.address.no_post"},
		{"tiktok", "video", "https://www.tiktok.com/video/" + id, deals.Publication{}, "deals.address.no_post"},
		{"tiktok", "video", "https://www.tiktok.com.evil.example/@noor.bakes/video/" + id, deals.Publication{}, "deals.address.elsewhere"},
		{"tiktok", "video", "https://eviltiktok.com/@noor.bakes/video/" + id, deals.Publication{}, "deals.address.elsewhere"},
		{"tiktok", "video", "https://www.tiktok.com@evil.example/@noor.bakes/video/" + id, deals.Publication{}, "deals.address.malformed"},
		{"tiktok", "video", "https://www.tiktok.com:8443/@noor.bakes/video/" + id, deals.Publication{}, "deals.address.malformed"},
		{"tiktok", "video", "javascript://www.tiktok.com/@noor.bakes/video/" + id, deals.Publication{}, "deals.address.malformed"},
		{"tiktok", "video", "https://www.tiktok.com\\@noor.bakes/video/" + id, deals.Publication{}, "deals.address.malformed"},
		{"tiktok", "video", "look at my video", deals.Publication{}, "deals.address.malformed"},
		{"tiktok", "video", "https://127.0.0.1/@noor.bakes/video/" + id, deals.Publication{}, "deals.address.malformed"},
		{"tiktok", "video", "https://www.youtube.com/watch?v=abcdefghijk", deals.Publication{}, "deals.address.elsewhere"},
		{"tiktok", "story", full, deals.Publication{URL: full, Key: id}, ""},
		{"tiktok", "live", "", deals.Publication{}, ""},
		{"tiktok", "live", "https://www.tiktok.com/@noor.bakes/live?x=1", deals.Publication{URL: "https://www.tiktok.com/@noor.bakes/live"}, ""},
		{"tiktok", "live", "https://www.tiktok.com/@somebody/live", deals.Publication{}, "deals.address.not_yours"},

		{"youtube", "video", "https://www.youtube.com/watch?v=abcdefghijk&t=10s", deals.Publication{URL: "https://www.youtube.com/watch?v=abcdefghijk", Key: "abcdefghijk"}, ""},
		{"youtube", "video", "https://youtu.be/abcdefghijk?si=x", deals.Publication{URL: "https://www.youtube.com/watch?v=abcdefghijk", Key: "abcdefghijk"}, ""},
		{"youtube", "video", "https://m.youtube.com/shorts/abc-_fghijk", deals.Publication{URL: "https://www.youtube.com/shorts/abc-_fghijk", Key: "abc-_fghijk"}, ""},
		{"youtube", "live", "https://www.youtube.com/live/abcdefghijk", deals.Publication{URL: "https://www.youtube.com/watch?v=abcdefghijk", Key: "abcdefghijk"}, ""},
		{"youtube", "live", "https://www.youtube.com/@noor/live", deals.Publication{URL: "https://www.youtube.com/@noor/live"}, ""},
		{"youtube", "video", "https://www.youtube.com/@noor", deals.Publication{}, "deals.address.no_post"},
		{"youtube", "video", "https://www.youtube.com/watch?v=short", deals.Publication{}, "deals.address.no_post"},

		{"instagram", "video", "https://www.instagram.com/reel/AbC_dE-12/?igsh=x", deals.Publication{URL: "https://www.instagram.com/reel/AbC_dE-12/", Key: "AbC_dE-12"}, ""},
		{"instagram", "video", "https://instagram.com/noor.bakes/reels/AbC_dE-12", deals.Publication{URL: "https://www.instagram.com/reel/AbC_dE-12/", Key: "AbC_dE-12"}, ""},
		{"instagram", "video", "https://www.instagram.com/p/AbC_dE-12/", deals.Publication{URL: "https://www.instagram.com/p/AbC_dE-12/", Key: "AbC_dE-12"}, ""},
		{"instagram", "video", "https://www.instagram.com/share/AbC_dE-12", deals.Publication{}, "deals.address.short"},
		{"instagram", "story", "https://www.instagram.com/stories/Noor.Bakes/3012345678901234567/", deals.Publication{URL: "https://www.instagram.com/stories/noor.bakes/3012345678901234567/", Key: "story:3012345678901234567"}, ""},
		{"instagram", "story", "", deals.Publication{}, ""},

		{"twitch", "video", "https://www.twitch.tv/videos/1234567890?t=1h", deals.Publication{URL: "https://www.twitch.tv/videos/1234567890", Key: "1234567890"}, ""},
		{"twitch", "video", "https://clips.twitch.tv/SomeClip-abc", deals.Publication{URL: "https://clips.twitch.tv/SomeClip-abc", Key: "clip:SomeClip-abc"}, ""},
		{"twitch", "video", "https://www.twitch.tv/noor/clip/SomeClip-abc", deals.Publication{URL: "https://clips.twitch.tv/SomeClip-abc", Key: "clip:SomeClip-abc"}, ""},
		{"twitch", "live", "twitch.tv/noor", deals.Publication{URL: "https://twitch.tv/noor"}, ""},
		{"twitch", "video", "https://www.twitch.tv/noor", deals.Publication{}, "deals.address.no_post"},
	} {
		got, err := deals.ReadPublication(c.platform, c.format, c.address, own)
		if c.err != "" {
			if f, _ := dealtest.FieldsOf(err).Get("address"); f.Key != c.err {
				t.Errorf("%s %s %q: %v, wanted %s", c.platform, c.format, c.address, err, c.err)
			}
		} else if err != nil || got != c.want {
			t.Errorf("%s %s %q: %+v %v, wanted %+v", c.platform, c.format, c.address, got, err, c.want)
		}
	}
}

// A creator whose TikTok account is not known here is not stuck: the brand confirms.
func TestWithoutAKnownHandleTheAddressProvesNothing(t *testing.T) {
	t.Parallel()
	p, err := deals.ReadPublication("tiktok", "video", "https://www.tiktok.com/@anyone/video/7301234567890123456", nil)
	if err != nil || p.Proven || p.Key == "" {
		t.Errorf("%+v %v", p, err)
	}
}

// Whatever is typed, it is refused with a text at the field, or gives an https
// address of the platform that reads as itself.
func FuzzReadPublication(f *testing.F) {
	for _, s := range []string{
		"https://www.tiktok.com/@noor.bakes/video/7301234567890123456?x=1", "https://youtu.be/abcdefghijk", "https://vm.tiktok.com/Z/",
		"https://www.instagram.com/reel/AbC_dE-12/", "clips.twitch.tv/SomeClip-abc", "https://www.tiktok.com/%00@\xff", "//@:1", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		for _, platform := range []string{"tiktok", "youtube", "instagram", "twitch"} {
			for _, format := range []string{"video", "live", "story"} {
				p, err := deals.ReadPublication(platform, format, address, []string{star})
				if err != nil {
					if models.CodeOf(err) != models.CodeInvalid || len(dealtest.FieldsOf(err)) != 1 {
						t.Fatalf("%q: %v", address, err)
					}
					continue
				}
				if p.URL == "" {
					if format == "video" || strings.TrimSpace(address) != "" {
						t.Fatalf("%q: no address", address)
					}
					continue
				}
				u, err := url.Parse(p.URL)
				if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || !strings.HasSuffix(u.Host, map[string]string{
					"tiktok": "tiktok.com", "youtube": "youtu.be", "instagram": "instagram.com", "twitch": "twitch.tv",
				}[platform]) && u.Host != "youtube.com" && !strings.HasSuffix(u.Host, ".youtube.com") {
					t.Fatalf("%q: %s", address, p.URL)
				}
				if p.Proven && (platform != "tiktok" || format != "video" || !strings.HasPrefix(p.URL, "https://www.tiktok.com/@"+star+"/")) {
					t.Fatalf("%q proves %s", address, p.URL)
				}
				again, err := deals.ReadPublication(platform, format, p.URL, []string{star})
				if err != nil || again != p {
					t.Fatalf("%q: %+v, read again %+v %v", address, p, again, err)
				}
			}
		}
	})
}
