package platform

import (
	"net/url"
	"slices"
	"strings"
)

// profileTabs are the pages below an account's profile that still belong to it, a post of
// the account among them. Below any other segment stands something of the platform.
var profileTabs = map[string][]string{
	TikTok:    {"video", "photo", "live", "playlist", "collection", "liked", "favorites", "reposts"},
	YouTube:   {"featured", "videos", "shorts", "streams", "live", "playlists", "podcasts", "releases", "courses", "community", "posts", "membership", "store", "channels", "about", "search", "join"},
	Instagram: {"reels", "tagged", "posts", "feed", "channel", "guides", "saved", "followers", "following", "live", "igtv", "p", "reel", "tv"},
	Twitch:    {"videos", "clips", "about", "schedule", "home", "chat", "followers", "collections", "video", "v", "clip"},
}

// reservedNames are the first path segments of Instagram and Twitch addresses that lead to
// pages of the platform. No account can be reached by such a name.
var reservedNames = map[string][]string{
	Instagram: {
		"_n", "_u", "about", "accounts", "add", "api", "ar", "archive", "audio", "business", "challenge", "channel", "create", "data", "developer", "developers", "direct", "directory",
		"download", "emails", "embed", "explore", "fragment", "graphql", "hashtag", "help", "igtv", "invites", "jobs", "legal", "lite", "live", "location", "locations", "login", "logout",
		"oauth", "p", "press", "privacy", "profilecard", "push", "qr", "query", "reel", "reels", "s", "safety", "search", "session", "settings", "share", "signup", "static", "stories",
		"support", "tags", "terms", "threads", "topics", "tv", "typeahead", "web", "your_activity",
	},
	Twitch: {
		"_deck", "about", "activate", "admin", "annual-recap", "api", "bits", "broadcast", "checkout", "clip", "clips", "collections", "communities", "creatorcamp", "dashboard", "directory",
		"downloads", "drops", "embed", "event", "events", "following", "friends", "game", "giftcard", "help", "inbox", "inventory", "jobs", "legal", "login", "logout", "messages",
		"moderator", "p", "partner", "payments", "popout", "prime", "privacy", "products", "redeem", "search", "settings", "signup", "store", "subs", "subscriptions", "support", "team",
		"teams", "terms", "turbo", "user", "v", "video", "videos", "wallet", "year-in-review",
	},
}

func isReserved(platform, name string) bool {
	return slices.Contains(reservedNames[platform], strings.ToLower(name))
}

// accountInPath finds the account that the path of a platform's address leads to: /name,
// or one of its tabs.
func accountInPath(platform string, u *url.URL) (string, error) {
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	switch {
	case len(parts) == 0, u.Host == "clips.twitch.tv":
		return "", ErrNamesNoOwner
	case platform == YouTube && parts[0] == "channel" && len(parts) > 1:
		parts = parts[1:]
		if !IsChannelID(parts[0]) {
			return "", ErrNamesNoOwner
		}
	case platform == TikTok || platform == YouTube:
		name, named := strings.CutPrefix(parts[0], "@")
		if !named {
			return "", ErrNamesNoOwner
		}
		parts[0] = name
	case platform == Instagram && parts[0] == "_u" && len(parts) == 2: // as its app links to profiles
		parts = parts[1:]
	case platform == Instagram && parts[0] == "stories" && len(parts) > 1 && len(parts) <= 3 && parts[1] != "highlights":
		parts = parts[1:2]
	}
	switch {
	case isReserved(platform, parts[0]), len(parts) > 1 && !slices.Contains(profileTabs[platform], strings.ToLower(parts[1])):
		return "", ErrNamesNoOwner
	case !IsHandle(platform, parts[0]):
		return "", ErrNotAHandle
	}
	return parts[0], nil
}
