package platform

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Post is what a URL says about a post.
type Post struct {
	URL    string // in canonical form
	Key    string // the platform's id of the post; "" when the URL does not contain it
	Handle string // of the account, in lower case; "" when the URL does not contain it
}

// Why a URL is not that of a post.
var (
	ErrMalformedURL = errors.New("not a web address")
	ErrShortURL     = errors.New("a short link, which hides whose post it is")
	ErrOtherSite    = errors.New("an address of another site")
)

// ParsePost reads the URL of a post, or of a profile, on a platform.
func ParsePost(platform, address string) (Post, error) {
	u, ok := ParseURL(address)
	switch {
	case !ok:
		return Post{}, ErrMalformedURL
	case isShort(platform, u):
		return Post{}, ErrShortURL
	case !slices.Contains(hosts[platform], u.Host):
		return Post{}, ErrOtherSite
	}
	p := readPost(platform, u)
	if p.Key == "" {
		p.URL = "https://" + u.Host + u.EscapedPath()
	}
	return p, nil
}

// PostURL is the URL of an account's post, by the platform's id of it; "" where that does
// not tell.
func PostURL(platform, handle, id string) string {
	var address string
	switch page := ProfileURL(platform, handle); platform {
	case TikTok:
		if page == "" {
			return ""
		}
		return page + "/video/" + id
	case YouTube:
		address = "https://www.youtube.com/watch?v=" + id
	case Instagram:
		if _, ok := PostTime(platform, id); ok { // the shortcode, and not the number, of a post
			address = "https://www.instagram.com/p/" + id + "/"
		}
	case Twitch:
		address = "https://www.twitch.tv/videos/" + id
	}
	if p, err := ParsePost(platform, address); err != nil || p.Key != id {
		return ""
	}
	return address
}

// ExamplePostURL is what the URL of a post looks like on a platform.
func ExamplePostURL(platform string) string { return examplePosts[platform] }

var examplePosts = map[string]string{
	TikTok:    "https://www.tiktok.com/@name/video/7301234567890123456",
	YouTube:   "https://www.youtube.com/watch?v=abcdefghijk",
	Instagram: "https://www.instagram.com/reel/AbCdEfGhIjK/",
	Twitch:    "https://www.twitch.tv/videos/1234567890",
}

// longestURL is longer than the URL of any post.
const longestURL = 2000

var hosts = map[string][]string{
	TikTok:    {"tiktok.com", "www.tiktok.com", "m.tiktok.com"},
	YouTube:   {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"},
	Instagram: {"instagram.com", "www.instagram.com", "m.instagram.com"},
	Twitch:    {"twitch.tv", "www.twitch.tv", "m.twitch.tv", "clips.twitch.tv"},
}

// ParseURL reads a web address with an ordinary host; the scheme may be missing, as when
// people copy it from the address bar.
func ParseURL(s string) (*url.URL, bool) {
	if len(s) > longestURL || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return nil, false
	}
	if !strings.Contains(s, "://") {
		s = "https://" + strings.TrimPrefix(s, "//")
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.Port() != "" || u.Opaque != "" {
		return nil, false
	}
	u.Host = strings.ToLower(strings.TrimSuffix(u.Host, "."))
	if !host.MatchString(u.Host) {
		return nil, false
	}
	return u, true
}

var host = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// isShort recognises the short links that apps share: they hide whose post it is, and
// their target can change.
func isShort(platform string, u *url.URL) bool {
	switch platform {
	case TikTok:
		return u.Host == "vm.tiktok.com" || u.Host == "vt.tiktok.com" ||
			slices.Contains(hosts[platform], u.Host) && (strings.HasPrefix(u.Path, "/t/") || strings.HasPrefix(u.Path, "/v/"))
	case Instagram:
		return u.Host == "instagr.am" || slices.Contains(hosts[platform], u.Host) && strings.HasPrefix(u.Path, "/share/")
	}
	return false
}

var (
	tiktokPost      = regexp.MustCompile(`^/@([^/]+)(?:/live|/(video|photo)/([1-9][0-9]{9,19}))?$`)
	youtubePost     = regexp.MustCompile(`^/(shorts|live|embed)/([A-Za-z0-9_-]{11})$`)
	youtubeID       = regexp.MustCompile(`^[A-Za-z0-9_-]{11}$`)
	instagramPost   = regexp.MustCompile(`^(?:/[A-Za-z0-9_.]+)?/(p|reel|reels|tv)/([A-Za-z0-9_-]{5,40})$`)
	instagramStory  = regexp.MustCompile(`^/stories/([A-Za-z0-9_.]+)/([0-9]{5,25})$`)
	twitchVideo     = regexp.MustCompile(`^(?:/videos|/[A-Za-z0-9_]+/v(?:ideo)?)/([0-9]{5,20})$`)
	twitchClip      = regexp.MustCompile(`^/[A-Za-z0-9_]+/clip/([A-Za-z0-9_-]{5,120})$`)
	twitchClipShort = regexp.MustCompile(`^/([A-Za-z0-9_-]{5,120})$`)
)

// readPost finds the post, if the URL shows one, and the handle in it.
func readPost(platform string, u *url.URL) (p Post) {
	path := strings.TrimSuffix(u.Path, "/")
	switch platform {
	case TikTok:
		m := tiktokPost.FindStringSubmatch(path)
		if m == nil {
			return p
		}
		p.Handle = strings.ToLower(m[1])
		if m[3] != "" {
			p.URL, p.Key = "https://www.tiktok.com/@"+url.PathEscape(p.Handle)+"/"+m[2]+"/"+m[3], m[3]
		}
	case YouTube:
		p = youtubePostOf(u, path)
	case Instagram:
		if m := instagramPost.FindStringSubmatch(path); m != nil {
			kind := strings.TrimSuffix(m[1], "s")
			p = Post{URL: "https://www.instagram.com/" + kind + "/" + m[2] + "/", Key: m[2]}
		} else if m := instagramStory.FindStringSubmatch(path); m != nil {
			p = Post{URL: "https://www.instagram.com/stories/" + strings.ToLower(m[1]) + "/" + m[2] + "/", Key: "story:" + m[2]}
		}
	case Twitch:
		if m := twitchVideo.FindStringSubmatch(path); m != nil {
			p = Post{URL: "https://www.twitch.tv/videos/" + m[1], Key: m[1]}
		} else if m := twitchClip.FindStringSubmatch(path); m != nil {
			p = Post{URL: "https://clips.twitch.tv/" + m[1], Key: "clip:" + m[1]}
		} else if m := twitchClipShort.FindStringSubmatch(path); m != nil && u.Host == "clips.twitch.tv" {
			p = Post{URL: "https://clips.twitch.tv/" + m[1], Key: "clip:" + m[1]}
		}
	}
	return p
}

func youtubePostOf(u *url.URL, path string) Post {
	watch := func(id string) Post {
		return Post{URL: "https://www.youtube.com/watch?v=" + id, Key: id}
	}
	id := u.Query().Get("v")
	switch m := youtubePost.FindStringSubmatch(path); {
	case m != nil && m[1] == "shorts":
		return Post{URL: "https://www.youtube.com/shorts/" + m[2], Key: m[2]}
	case m != nil:
		return watch(m[2])
	case u.Host == "youtu.be" && youtubeID.MatchString(strings.TrimPrefix(path, "/")):
		return watch(strings.TrimPrefix(path, "/"))
	case path == "/watch" && youtubeID.MatchString(id):
		return watch(id)
	}
	return Post{}
}
