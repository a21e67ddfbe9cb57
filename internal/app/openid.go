package app

import (
	"context"
	"time"

	"tribemarket/internal/platforms/oidc"
)

// newOpenIDProvider returns the OpenID Connect provider of the settings, nil if there is
// none.
func (a *App) newOpenIDProvider() *oidc.Provider {
	cfg := a.Config
	if cfg.OIDCIssuer == "" {
		return nil
	}
	return oidc.New(oidc.Config{
		Issuer: cfg.OIDCIssuer, ClientID: cfg.OIDCClientID, ClientSecret: string(cfg.OIDCClientSecret),
		CallbackURL: cfg.BaseURL + "/auth/oidc/callback", Label: cfg.OIDCName,
	}, a.Clock)
}

// discoverOpenID asks the provider for its URLs in the background, so that pages can
// allow forms to lead there. A provider that is down is asked again by the next sign-in.
func (a *App) discoverOpenID(p *oidc.Provider) {
	if p == nil {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := p.Discover(ctx); err != nil {
			a.Log.Warn("the OpenID Connect provider does not answer", "error", err)
		}
	}()
}
