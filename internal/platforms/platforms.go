// Package platforms says with which platforms creators can sign in here: for
// each a goth.Provider and what reads statistics and keeps the token alive.
package platforms

import (
	"github.com/markbates/goth"

	"tribemarket/internal/platforms/tiktok"
	"tribemarket/models"
	"tribemarket/models/creators"
)

// Config holds each platform's app; one without its credentials is not offered.
type Config struct {
	TikTok tiktok.Config
}

// Provider is one platform on this instance.
type Provider struct {
	Platform string // as it stands in addresses and in the database
	OAuth    goth.Provider
	API      creators.Platform
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
	return all
}

// Get finds a platform by its name.
func (ps Providers) Get(platform string) (Provider, bool) {
	for _, p := range ps {
		if p.Platform == platform {
			return p, true
		}
	}
	return Provider{}, false
}

// Granted is the token that an authorized session holds, with its scopes and
// both ends, which goth.User has no place for.
func Granted(s goth.Session) (creators.Token, bool) {
	g, ok := s.(interface{ Token() creators.Token })
	if !ok || g.Token().Access == "" {
		return creators.Token{}, false
	}
	return g.Token(), true
}
