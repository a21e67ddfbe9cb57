package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/platforms"
)

// Headers sets the headers of every answer. Forms may lead to the platforms
// where people sign in, since browsers check form-action on redirects too.
func (b *Base) Headers() echo.MiddlewareFunc {
	action := []string{"'self'"}
	for _, p := range b.Providers {
		if origin := authOrigin(p); origin != "" {
			action = append(action, origin)
		}
	}
	slices.Sort(action[1:])
	policy := func(action []string) string {
		return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
			"form-action " + strings.Join(action, " ") + "; frame-ancestors 'none'; base-uri 'none'"
	}
	csp := func() string { return policy(action) }
	if b.OIDC != nil { // whose sign-in page is known once it has been asked for
		csp = func() string { return policy(append(slices.Clip(action), b.OIDC.Origins()...)) }
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			head := c.Response().Header()
			head.Set("Content-Security-Policy", csp())
			head.Set("X-Content-Type-Options", "nosniff")
			head.Set("X-Frame-Options", "DENY")
			head.Set("Referrer-Policy", "same-origin")
			head.Set("Cross-Origin-Opener-Policy", "same-origin")
			head.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
			if b.Site.Secure {
				head.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
			}
			return next(c)
		}
	}
}

// authOrigin is the scheme and host to which a platform's sign-in begins.
func authOrigin(p platforms.Provider) string {
	s, err := p.OAuth.BeginAuth("origin")
	if err != nil {
		return ""
	}
	address, err := s.GetAuthURL()
	if err != nil {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
