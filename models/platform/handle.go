package platform

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribemarket/models/text"
)

// LongestHandle is longer than any platform allows; some lists have the name of
// a channel in its place.
const LongestHandle = 100

// ParseHandle reads a handle with or without its @, or the address of a profile.
func ParseHandle(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "/") {
		s = handleOfLink(s)
	}
	s = strings.TrimLeft(text.Truncate(text.SingleLine(s), 4*LongestHandle), "@ ")
	n := utf8.RuneCountInString(s)
	return s, n > 0 && n <= LongestHandle && strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) })
}

// parseLink reads an address with or without its scheme.
func parseLink(s string) (*url.URL, error) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	return url.Parse(s)
}

// handleOfLink is the part of a profile's address that names it.
func handleOfLink(s string) string {
	u, err := parseLink(s)
	if err != nil {
		return ""
	}
	for _, part := range strings.Split(u.Path, "/") {
		if strings.HasPrefix(part, "@") {
			return part
		}
	}
	return path.Base("/" + strings.Trim(u.Path, "/"))[len("/")-1:]
}

// HandleFromURL is the handle in the address of a profile, or of a post where
// that names the account, as people copy it from a platform.
func HandleFromURL(s string) (string, bool) {
	if !strings.Contains(s, "/") || strings.ContainsFunc(s, unicode.IsSpace) {
		return "", false
	}
	u, err := parseLink(s)
	if err != nil {
		return "", false
	}
	host := strings.ToLower(u.Hostname())
	host = strings.TrimPrefix(strings.TrimPrefix(host, "www."), "m.")
	first, _, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	handle, named := strings.CutPrefix(first, "@")
	switch host {
	case "tiktok.com", "youtube.com":
		return handle, named && handle != ""
	case "instagram.com", "twitch.tv":
		return handle, handle != "" && !slices.Contains(noHandles, handle)
	}
	return "", false
}

// noHandles are the first parts of addresses at Instagram and Twitch that lead
// elsewhere than to an account.
var noHandles = []string{"p", "reel", "reels", "tv", "explore", "stories", "accounts", "direct", "directory", "videos", "search", "settings", "about"}

// ProfileURL is where a platform shows an account; "" for a handle that cannot
// be one there.
func ProfileURL(platform, handle string) string {
	for _, r := range handle {
		if !(r == '_' || r == '.' || r == '-' || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))) {
			return ""
		}
	}
	switch platform {
	case TikTok:
		return "https://www.tiktok.com/@" + handle
	case YouTube:
		return "https://www.youtube.com/@" + handle
	case Instagram:
		return "https://www.instagram.com/" + handle
	case Twitch:
		return "https://www.twitch.tv/" + handle
	}
	return ""
}
