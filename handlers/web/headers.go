package web

import (
	"net/http"
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
	policy := func(action []string) string {
		slices.Sort(action[1:])
		action = slices.Compact(action)
		return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
			"form-action " + strings.Join(action, " ") + "; frame-ancestors 'none'; base-uri 'none'"
	}
	fixed := policy(slices.Clone(action))
	csp := func() string { return fixed }
	if b.OIDC != nil { // whose sign-in page is known once it has been asked for
		csp = func() string { return policy(append(slices.Clone(action), b.OIDC.Origins()...)) }
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			head := c.Response().Header()
			head.Set("Content-Security-Policy", csp())
			head.Set("X-Content-Type-Options", "nosniff")
			head.Set("X-Frame-Options", "DENY")
			head.Set("Referrer-Policy", "same-origin")
			head.Set("Cross-Origin-Opener-Policy", "same-origin")
			head.Set("Cross-Origin-Resource-Policy", "same-origin")
			head.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
			if b.Site.Secure {
				head.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
			}
			c.Response().Before(func() { mergeVary(head) })
			return next(c)
		}
	}
}

// AllowFrame lets this one page show a frame of another origin.
func AllowFrame(c echo.Context, origin string) {
	head := c.Response().Header()
	head.Set("Content-Security-Policy", head.Get("Content-Security-Policy")+"; frame-src "+origin)
}

// mergeVary names each header once on which an answer depends, whatever names it.
func mergeVary(head http.Header) {
	var all []string
	for _, line := range head.Values("Vary") {
		for name := range strings.SplitSeq(line, ",") {
			name = strings.TrimSpace(name)
			if name != "" && !slices.ContainsFunc(all, func(known string) bool { return strings.EqualFold(known, name) }) {
				all = append(all, name)
			}
		}
	}
	if len(all) > 0 {
		head.Set("Vary", strings.Join(all, ", "))
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
