package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
)

// cookieName carries the prefix that lets no other host set it, where https allows.
func (b *Base) CookieName(name string) string {
	if b.Site.Secure {
		return "__Host-" + name
	}
	return name
}

func (b *Base) Preference(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, Secure: b.Site.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

func themeOf(c echo.Context) string {
	if ck, err := c.Cookie(ThemeCookie); err == nil && (ck.Value == "light" || ck.Value == "dark") {
		return ck.Value
	}
	return ""
}

// language: the person's setting, else this browser's choice, else what the
// browser asks for.
func (b *Base) languageOf(c echo.Context, v Visitor) i18n.Locale {
	if l, ok := i18n.ParseLocale(v.Session.Person.Locale); ok {
		return l
	}
	if ck, err := c.Cookie(LangCookie); err == nil {
		if l, ok := i18n.ParseLocale(ck.Value); ok {
			return l
		}
	}
	return i18n.MatchLocale(c.Request().Header.Get("Accept-Language"))
}

const (
	csrfKey     = "csrf"
	LangCookie  = "lang"
	ThemeCookie = "theme"
)
