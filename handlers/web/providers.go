package web

import (
	"github.com/labstack/echo/v4"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/views/components"
)

// Provider is the platform or OpenID Connect provider of the path; the latter has no API,
// since it provides no figures.
func (b *Base) Provider(c echo.Context) (platforms.Provider, error) {
	name := c.Param("provider")
	if name == oidc.Name && b.OIDC != nil {
		return platforms.Provider{Platform: oidc.Name, OAuth: b.OIDC}, nil
	}
	p, ok := b.Providers.ProviderOf(name)
	if !ok {
		return p, models.NotFound()
	}
	return p, nil
}

// ProviderName is the display name of a platform or of the OpenID Connect provider.
func (b *Base) ProviderName(name string) string {
	if name == oidc.Name {
		return b.OIDCName()
	}
	return components.PlatformName(name)
}

// OIDCName is the name of the OpenID Connect provider, "" if there is none.
func (b *Base) OIDCName() string {
	if b.OIDC == nil {
		return ""
	}
	return b.OIDC.Label()
}
