package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

const csrfKey = "csrf"

// CSRF refuses forms from other sites: by Fetch Metadata, or by a token if the browser
// sends none.
func (b *Base) CSRF() echo.MiddlewareFunc {
	return middleware.CSRFWithConfig(middleware.CSRFConfig{
		TokenLookup:    "form:_csrf,header:X-CSRF-Token",
		ContextKey:     csrfKey,
		CookieName:     b.CookieName("csrf"),
		CookiePath:     "/",
		CookieHTTPOnly: true,
		CookieSecure:   b.Site.Secure,
		CookieSameSite: http.SameSiteLaxMode,
	})
}

// CheckOrigin refuses forms that say that they come from another site. What sends no
// origin, as old browsers and commands do, has to have the token.
func (b *Base) CheckOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		origin := r.Header.Get("Origin")
		if origin == "" || isReading(r) || r.Method == http.MethodOptions || origin == b.Site.BaseURL {
			return next(c)
		}
		// The address that the browser really uses, which nobody else chooses.
		if origin == b.scheme()+"://"+r.Host {
			return next(c)
		}
		return echo.ErrForbidden
	}
}

// scheme is the one under which people reach the site.
func (b *Base) scheme() string {
	if b.Site.Secure {
		return "https"
	}
	return "http"
}

func csrfToken(c echo.Context) string {
	t, _ := c.Get(csrfKey).(string)
	return t
}
