package platform

import (
	"strings"
	"testing"
)

func TestPlayersOfPosts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ platform, address, want string }{
		{TikTok, "https://www.tiktok.com/@name/video/7301234567890123456", "https://www.tiktok.com/player/v1/7301234567890123456"},
		{YouTube, "https://www.youtube.com/watch?v=abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"},
		{YouTube, "https://www.youtube.com/shorts/abcdefghij-", "https://www.youtube-nocookie.com/embed/abcdefghij-"},
		{Instagram, "https://www.instagram.com/reel/AbCdEfGhIjK/", "https://www.instagram.com/reel/AbCdEfGhIjK/embed/"},
		{Instagram, "https://www.instagram.com/p/AbCdEfGhIjK/?x=1", "https://www.instagram.com/p/AbCdEfGhIjK/embed/"},
		{Twitch, "https://www.twitch.tv/videos/1234567890", "https://player.twitch.tv/?autoplay=false&parent=market.example&video=1234567890"},

		{YouTube, "https://www.youtube.com/watch?v=short", ""},
		{YouTube, "https://evil.example/watch?v=abcdefghijk", ""},
		{YouTube, "https://www.tiktok.com/@name/video/7301234567890123456", ""},
		{Instagram, "https://www.instagram.com/stories/name/1234567/", ""},
		{Twitch, "https://clips.twitch.tv/AbCdEfGh", ""},
		{TikTok, "https://www.tiktok.com/@name", ""},
		{TikTok, "javascript:alert(1)", ""},
		{"elsewhere", "https://www.tiktok.com/@name/video/7301234567890123456", ""},
	} {
		p, ok := PlayerOf(test.platform, test.address, "market.example")
		if p.URL != test.want || ok != (test.want != "") || ok && !strings.HasPrefix(p.URL, p.Origin+"/") {
			t.Errorf("%s: %+v, want %q", test.address, p, test.want)
		}
	}
}
