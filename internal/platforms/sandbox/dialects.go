package sandbox

import (
	"net/url"
	"time"
)

// oauthDialect is how a platform's consent page and tokens differ from those of the
// others.
type oauthDialect struct {
	name, title      string
	clientParameter  string // the parameter that names the client app
	separator        string // between scopes
	scopes           []string
	noScope          bool   // no scope has to be requested
	grantedParameter string // the callback's parameter with the granted scopes
	callbackSuffix   string // what is appended to the callback's query
	denied           url.Values
	codeLife         time.Duration
	accessLife       time.Duration
	refreshLife      time.Duration // 0: never expires
}

// The scopes that the sandbox knows.
const (
	scopeBasic   = "user.info.basic"
	scopeProfile = "user.info.profile"
	scopeStats   = "user.info.stats"
	scopeVideos  = "video.list"

	scopeChannel   = "https://www.googleapis.com/auth/youtube.readonly"
	scopeAnalytics = "https://www.googleapis.com/auth/yt-analytics.readonly"

	scopeMedia    = "instagram_business_basic"
	scopeInsights = "instagram_business_manage_insights"

	scopeEmail     = "user:read:email"
	scopeFollowers = "moderator:read:followers"
)

// The platforms. TikTok's lifetimes are those documented in November 2026.
var (
	tiktok = &oauthDialect{
		name: "tiktok", title: "TikTok", clientParameter: "client_key", separator: ",", grantedParameter: "scopes",
		scopes:   []string{scopeBasic, scopeProfile, scopeStats, scopeVideos},
		denied:   url.Values{"error": {"access_denied"}, "error_description": {"The user refused."}},
		codeLife: 10 * time.Minute, accessLife: 2 * time.Hour, refreshLife: 180 * 24 * time.Hour,
	}
	youtube = &oauthDialect{
		name: "youtube", title: "YouTube", clientParameter: "client_id", separator: " ", grantedParameter: "scope",
		scopes:   []string{scopeChannel, scopeAnalytics},
		denied:   url.Values{"error": {"access_denied"}},
		codeLife: 10 * time.Minute, accessLife: time.Hour,
	}
	// Instagram has a single token, first short-lived, then long-lived, which is its own
	// refresh token.
	instagram = &oauthDialect{
		name: "instagram", title: "Instagram", clientParameter: "client_id", separator: ",", callbackSuffix: "#_",
		scopes:   []string{scopeMedia, scopeInsights},
		denied:   url.Values{"error": {"access_denied"}, "error_reason": {"user_denied"}, "error_description": {"The user denied your request."}},
		codeLife: time.Hour, accessLife: time.Hour, refreshLife: 60 * 24 * time.Hour,
	}
	twitch = &oauthDialect{
		name: "twitch", title: "Twitch", clientParameter: "client_id", separator: " ", grantedParameter: "scope", noScope: true,
		scopes:   []string{scopeEmail, scopeFollowers},
		denied:   url.Values{"error": {"access_denied"}, "error_description": {"The user denied you access"}},
		codeLife: 10 * time.Minute, accessLife: 14124 * time.Second,
	}
)

// CallbackURLs are the URLs to which the platforms redirect back to our site, one for
// each.
func CallbackURLs(base string) []string {
	var all []string
	for _, d := range []*oauthDialect{tiktok, youtube, instagram, twitch} {
		all = append(all, base+"/auth/"+d.name+"/callback")
	}
	return all
}
