package platform

import (
	"net/url"
	"strings"
)

// Player is a platform's own player of one post, to be shown in a frame.
type Player struct {
	URL    string
	Origin string // the scheme and host of the URL
}

// PlayerOf is the player of the post with this URL, on a page of a host; ok is false where
// the platform has none.
func PlayerOf(platform, address, host string) (p Player, ok bool) {
	post, err := ParsePost(platform, address)
	if err != nil || post.Key == "" || strings.Contains(post.Key, ":") {
		return p, false
	}
	key := url.PathEscape(post.Key)
	switch platform {
	case TikTok:
		p = Player{"https://www.tiktok.com/player/v1/" + key, "https://www.tiktok.com"}
	case YouTube:
		p = Player{"https://www.youtube-nocookie.com/embed/" + key, "https://www.youtube-nocookie.com"}
	case Instagram:
		p = Player{post.URL + "embed/", "https://www.instagram.com"}
	case Twitch:
		q := url.Values{"video": {post.Key}, "parent": {host}, "autoplay": {"false"}}
		p = Player{"https://player.twitch.tv/?" + q.Encode(), "https://player.twitch.tv"}
	}
	return p, p.URL != ""
}
