package platform

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribemarket/models/text"
)

// LongestHandle is longer than any platform allows.
const LongestHandle = 100

// Why a text is not a handle; ErrShortURL and ErrOtherSite are returned too.
var (
	ErrNotAHandle   = errors.New("not a handle of the platform")
	ErrNamesNoOwner = errors.New("an address that doesn't name the account")
)

// What each platform allows as a handle, according to its help pages: TikTok up to 24
// letters, digits, underscores and full stops, not ending in a full stop; Instagram up to
// 30 of these, without a full stop at either end or two in a row; Twitch up to 25
// letters, digits and underscores, at least four today and three in the past.
var asciiHandles = map[string]*regexp.Regexp{
	TikTok:    regexp.MustCompile(`^[A-Za-z0-9_.]{1,23}[A-Za-z0-9_]$`),
	Instagram: regexp.MustCompile(`^[A-Za-z0-9_](\.?[A-Za-z0-9_]){0,29}$`),
	Twitch:    regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_]{2,24}$`),
}

var channelID = regexp.MustCompile(`^UC[A-Za-z0-9_-]{22}$`)

// IsChannelID says whether the text is the id of a YouTube channel, by which an account
// can be known when its handle is not.
func IsChannelID(s string) bool { return channelID.MatchString(s) }

// IsHandle says whether the platform allows the handle, or whether it is a YouTube
// channel's id.
func IsHandle(platform, handle string) bool {
	if rule := asciiHandles[platform]; rule != nil {
		return rule.MatchString(handle) && utf8.RuneCountInString(handle) <= 30
	}
	return platform == YouTube && (IsChannelID(handle) || isYouTubeHandle(handle))
}

// isYouTubeHandle accepts 3 to 30 letters and digits of most scripts, with underscores,
// hyphens, full stops and middle dots between them. Latin letters mixed with those of a
// script that looks alike are refused, so that nobody can impersonate another account.
func isYouTubeHandle(s string) bool {
	n, latin, alike := 0, false, false
	for _, r := range s {
		n++
		switch {
		case strings.ContainsRune("_-.·", r):
			if n == 1 {
				return false
			}
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			return false
		}
		latin = latin || unicode.Is(unicode.Latin, r)
		alike = alike || unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian)
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	short := n < 3 && isASCII(s) // scripts with fewer letters may be shorter
	return n > 0 && n <= 30 && !short && !strings.ContainsRune("-.·", last) && !(latin && alike)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// ParseHandle reads an account's handle on a platform: with or without its @, or from the
// URL of the profile or of a post. The errors are ErrNotAHandle, ErrShortURL,
// ErrOtherSite and ErrNamesNoOwner.
func ParseHandle(platform, s string) (string, error) {
	s = strings.TrimSpace(text.SingleLine(s))
	if strings.Contains(s, "/") {
		return handleFromURL(platform, s)
	}
	s = strings.TrimLeft(s, "@ ")
	if slices.Contains(hosts[platform], strings.ToLower(s)) { // full stops are allowed in handles
		return "", ErrNamesNoOwner
	}
	if !IsHandle(platform, s) || isReserved(platform, s) {
		return "", ErrNotAHandle
	}
	return s, nil
}

func handleFromURL(platform, s string) (string, error) {
	u, ok := ParseURL(s)
	switch {
	case !ok:
		return "", ErrNotAHandle
	case isShort(platform, u), u.Host == "youtu.be":
		return "", ErrShortURL
	case !slices.Contains(hosts[platform], u.Host):
		return "", ErrOtherSite
	}
	return accountInPath(platform, u)
}

// OfURL is the platform that a URL belongs to, "" for any other.
func OfURL(s string) string {
	u, ok := ParseURL(s)
	if !ok {
		return ""
	}
	for _, platform := range Names() {
		if slices.Contains(hosts[platform], u.Host) || isShort(platform, u) {
			return platform
		}
	}
	return ""
}

// HandleFromURL is the handle in the URL of a profile, or of a post where that names the
// account, as people copy it from a platform.
func HandleFromURL(s string) (string, bool) {
	if !strings.Contains(s, "/") {
		return "", false
	}
	handle, err := handleFromURL(OfURL(s), s)
	return handle, err == nil
}

// ProfileURL is the URL of an account's profile; "" for a text that cannot be a handle on
// the platform.
func ProfileURL(platform, handle string) string {
	if !IsHandle(platform, handle) {
		return ""
	}
	switch platform {
	case TikTok:
		return "https://www.tiktok.com/@" + handle
	case YouTube:
		if IsChannelID(handle) {
			return "https://www.youtube.com/channel/" + handle
		}
		return "https://www.youtube.com/@" + url.PathEscape(handle)
	case Instagram:
		return "https://www.instagram.com/" + handle
	case Twitch:
		return "https://www.twitch.tv/" + handle
	}
	return ""
}
