package deals

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// Publication is an address at which a deliverable is public.
type Publication struct {
	URL    string // in one way of writing; "" for a live or a story without one
	Key    string // the platform's own name of the post; "" when the address shows none
	Proven bool   // the address itself shows that the post is the creator's
}

// ReadPublication reads an address that a creator gives for a deliverable.
// handles are the creator's own on the platform, in lower case. Errors name the
// field address.
func ReadPublication(platform, format, address string, handles []string) (Publication, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		if format != "video" {
			return Publication{}, nil
		}
		return Publication{}, wrongAddress("deals.address.missing", platform)
	}
	u, ok := parseAddress(address)
	switch {
	case !ok:
		return Publication{}, wrongAddress("deals.address.malformed", platform)
	case isShort(platform, u):
		return Publication{}, wrongAddress("deals.address.short", platform)
	case !slices.Contains(hosts[platform], u.Host):
		return Publication{}, wrongAddress("deals.address.elsewhere", platform)
	}
	p, handle := readPost(platform, u)
	switch {
	case platform == creators.TikTok && handle != "" && len(handles) > 0 && !slices.Contains(handles, handle):
		return Publication{}, wrongAddress("deals.address.not_yours", platform, "handle", line(handle), "own", "@"+strings.Join(handles, ", @"))
	case p.Key != "":
		p.Proven = platform == creators.TikTok && format == "video" && slices.Contains(handles, handle)
		return p, nil
	case format == "video":
		return Publication{}, wrongAddress("deals.address.no_post", platform)
	}
	return Publication{URL: "https://" + u.Host + u.EscapedPath()}, nil
}

func wrongAddress(key, platform string, more ...any) error {
	return models.Invalid("address", key, append([]any{"example", examples[platform]}, more...)...)
}

var hosts = map[string][]string{
	creators.TikTok:    {"tiktok.com", "www.tiktok.com", "m.tiktok.com"},
	creators.YouTube:   {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"},
	creators.Instagram: {"instagram.com", "www.instagram.com", "m.instagram.com"},
	creators.Twitch:    {"twitch.tv", "www.twitch.tv", "m.twitch.tv", "clips.twitch.tv"},
}

var examples = map[string]string{
	creators.TikTok:    "https://www.tiktok.com/@name/video/7301234567890123456",
	creators.YouTube:   "https://www.youtube.com/watch?v=abcdefghijk",
	creators.Instagram: "https://www.instagram.com/reel/AbCdEfGhIjK/",
	creators.Twitch:    "https://www.twitch.tv/videos/1234567890",
}

// parseAddress reads a web address with an ordinary host; the scheme may be
// left out, as people copy it from the address bar.
func parseAddress(s string) (*url.URL, bool) {
	if len(s) > maxAddress || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return nil, false
	}
	if !strings.Contains(s, "://") {
		s = "https://" + s
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

// isShort knows the links that apps share: they hide whose post it is, and
// where they lead can change.
func isShort(platform string, u *url.URL) bool {
	switch platform {
	case creators.TikTok:
		return u.Host == "vm.tiktok.com" || u.Host == "vt.tiktok.com" ||
			slices.Contains(hosts[platform], u.Host) && (strings.HasPrefix(u.Path, "/t/") || strings.HasPrefix(u.Path, "/v/"))
	case creators.Instagram:
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

// readPost finds the post, if the address shows one, and the handle in it.
func readPost(platform string, u *url.URL) (p Publication, handle string) {
	path := strings.TrimSuffix(u.Path, "/")
	switch platform {
	case creators.TikTok:
		m := tiktokPost.FindStringSubmatch(path)
		if m == nil {
			return p, ""
		}
		handle = strings.ToLower(m[1])
		if m[3] != "" {
			p = Publication{URL: "https://www.tiktok.com/@" + url.PathEscape(handle) + "/" + m[2] + "/" + m[3], Key: m[3]}
		}
	case creators.YouTube:
		p = youtube(u, path)
	case creators.Instagram:
		if m := instagramPost.FindStringSubmatch(path); m != nil {
			kind := strings.TrimSuffix(m[1], "s")
			p = Publication{URL: "https://www.instagram.com/" + kind + "/" + m[2] + "/", Key: m[2]}
		} else if m := instagramStory.FindStringSubmatch(path); m != nil {
			p = Publication{URL: "https://www.instagram.com/stories/" + strings.ToLower(m[1]) + "/" + m[2] + "/", Key: "story:" + m[2]}
		}
	case creators.Twitch:
		if m := twitchVideo.FindStringSubmatch(path); m != nil {
			p = Publication{URL: "https://www.twitch.tv/videos/" + m[1], Key: m[1]}
		} else if m := twitchClip.FindStringSubmatch(path); m != nil {
			p = Publication{URL: "https://clips.twitch.tv/" + m[1], Key: "clip:" + m[1]}
		} else if m := twitchClipShort.FindStringSubmatch(path); m != nil && u.Host == "clips.twitch.tv" {
			p = Publication{URL: "https://clips.twitch.tv/" + m[1], Key: "clip:" + m[1]}
		}
	}
	return p, handle
}

func youtube(u *url.URL, path string) Publication {
	watch := func(id string) Publication {
		return Publication{URL: "https://www.youtube.com/watch?v=" + id, Key: id}
	}
	id := u.Query().Get("v")
	switch m := youtubePost.FindStringSubmatch(path); {
	case m != nil && m[1] == "shorts":
		return Publication{URL: "https://www.youtube.com/shorts/" + m[2], Key: m[2]}
	case m != nil:
		return watch(m[2])
	case u.Host == "youtu.be" && youtubeID.MatchString(strings.TrimPrefix(path, "/")):
		return watch(strings.TrimPrefix(path, "/"))
	case path == "/watch" && youtubeID.MatchString(id):
		return watch(id)
	}
	return Publication{}
}
