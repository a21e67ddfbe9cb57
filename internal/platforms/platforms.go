// Package platforms says with which platforms creators can sign in here: for
// each a goth.Provider and what reads statistics and keeps the token alive.
package platforms

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/markbates/goth"

	"tribemarket/internal/platforms/instagram"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/internal/platforms/twitch"
	"tribemarket/internal/platforms/wire"
	"tribemarket/internal/platforms/youtube"
	"tribemarket/models"
	"tribemarket/models/creators"
)

// Config holds each platform's app; one without its credentials is not offered.
type Config struct {
	TikTok    tiktok.Config
	YouTube   youtube.Config
	Instagram instagram.Config
	Twitch    twitch.Config
}

// WithBaseURL is cfg with all addresses below base, where one stand-in speaks for every
// platform. What cfg says of its apps stays.
func WithBaseURL(base string, cfg Config) Config {
	base = strings.TrimSuffix(base, "/")
	t, y, i, w := base+"/tiktok", base+"/youtube", base+"/instagram", base+"/twitch"
	cfg.TikTok.AuthURL, cfg.TikTok.APIURL = t+"/v2/auth/authorize/", t
	cfg.TikTok.TokenURL, cfg.TikTok.RevokeURL = t+"/v2/oauth/token/", t+"/v2/oauth/revoke/"
	cfg.YouTube.AuthURL, cfg.YouTube.APIURL, cfg.YouTube.AnalyticsURL = y+"/o/oauth2/v2/auth", y, y
	cfg.YouTube.TokenURL, cfg.YouTube.RevokeURL = y+"/token", y+"/revoke"
	if u, err := url.Parse(base); err == nil {
		origin := u.Scheme + "://" + u.Host
		cfg.YouTube.ThumbnailOrigin, cfg.Instagram.ThumbnailOrigin = origin, origin
	}
	cfg.Instagram.AuthURL, cfg.Instagram.TokenURL, cfg.Instagram.APIURL = i+"/oauth/authorize", i+"/oauth/access_token", i
	cfg.Twitch.AuthURL, cfg.Twitch.APIURL, cfg.Twitch.ValidateURL = w+"/oauth2/authorize", w+"/helix", w+"/oauth2/validate"
	cfg.Twitch.TokenURL, cfg.Twitch.RevokeURL = w+"/oauth2/token", w+"/oauth2/revoke"
	return cfg
}

// Provider is one platform on this instance.
type Provider struct {
	Platform string // as it stands in addresses and in the database
	OAuth    goth.Provider
	API      creators.PlatformAPI
}

// RemovalHook reads what a platform sends when a creator has taken back the consent.
// Its errors are ErrSignature and ErrOther.
type RemovalHook interface {
	ReadRemoval(header http.Header, body []byte) (creators.ConsentRemoval, error)
}

// What is wrong with a message that a platform is said to have sent.
var (
	// ErrBadSignature: forged, late, or not for this app: one refusal for all.
	ErrBadSignature = wire.ErrBadSignature
	// ErrUnrelatedMessage: rightly signed, and about nothing that concerns us: answered
	// like one that was followed.
	ErrUnrelatedMessage = wire.ErrUnrelatedMessage
)

// RemovalHook is what reads the platform's messages; not every platform sends them.
func (p Provider) RemovalHook() (RemovalHook, bool) {
	h, ok := p.API.(RemovalHook)
	return h, ok
}

// Providers are the platforms that this instance offers.
type Providers []Provider

// New lists the platforms whose credentials are set.
func New(cfg Config, clock models.Clock) Providers {
	var all Providers
	if cfg.TikTok.ClientKey != "" && cfg.TikTok.ClientSecret != "" {
		p := tiktok.New(cfg.TikTok, clock)
		all = append(all, Provider{tiktok.Name, p, p})
	}
	if cfg.YouTube.ClientID != "" && cfg.YouTube.ClientSecret != "" {
		p := youtube.New(cfg.YouTube, clock)
		all = append(all, Provider{youtube.Name, p, p})
	}
	if cfg.Instagram.ClientID != "" && cfg.Instagram.ClientSecret != "" {
		p := instagram.New(cfg.Instagram, clock)
		all = append(all, Provider{instagram.Name, p, p})
	}
	if cfg.Twitch.ClientID != "" && cfg.Twitch.ClientSecret != "" {
		p := twitch.New(cfg.Twitch, clock)
		all = append(all, Provider{twitch.Name, p, p})
	}
	return all
}

// ProviderOf finds a platform by its name.
func (ps Providers) ProviderOf(platform string) (Provider, bool) {
	for _, p := range ps {
		if p.Platform == platform {
			return p, true
		}
	}
	return Provider{}, false
}

// Authorize is the session's Authorize under a context, which goth has no place for.
func Authorize(ctx context.Context, p Provider, s goth.Session, params goth.Params) error {
	var err error
	if within, ok := s.(interface {
		AuthorizeWithin(ctx context.Context, p goth.Provider, params goth.Params) (string, error)
	}); ok {
		_, err = within.AuthorizeWithin(ctx, p.OAuth, params)
	} else {
		_, err = s.Authorize(p.OAuth, params)
	}
	return err
}

// GrantedToken is the token that an authorized session holds, with its scopes and
// both ends, which goth.User has no place for.
func GrantedToken(s goth.Session) (creators.PlatformToken, bool) {
	g, ok := s.(interface{ Token() creators.PlatformToken })
	if !ok || g.Token().Access == "" {
		return creators.PlatformToken{}, false
	}
	return g.Token(), true
}

// APIs are what reads statistics and keeps tokens alive, by platform.
func (ps Providers) APIs() creators.PlatformAPIs {
	all := creators.PlatformAPIs{}
	for _, p := range ps {
		all[p.Platform] = p.API
	}
	return all
}
