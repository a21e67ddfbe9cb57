package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
)

const (
	languageCookie = "lang"
	themeCookie    = "theme"
	devicesCookie  = "devices"
)

// CookieName adds the prefix that keeps other hosts from setting the cookie, if HTTPS
// allows it.
func (b *Base) CookieName(name string) string {
	if b.Site.Secure {
		return "__Host-" + name
	}
	return name
}

// SetLanguageCookie sets the language of this browser.
func (b *Base) SetLanguageCookie(c echo.Context, l i18n.Locale) {
	c.SetCookie(b.preferenceCookie(languageCookie, string(l)))
}

// SetThemeCookie sets light or dark in this browser; anything else leaves the
// choice to the device.
func (b *Base) SetThemeCookie(c echo.Context, theme string) {
	ck := b.preferenceCookie(themeCookie, theme)
	if !isTheme(theme) {
		ck.Value, ck.MaxAge = "", -1
	}
	c.SetCookie(ck)
}

// DevicesCookie is what accounts.Store.KnownDevices gave this browser, "" for nothing.
func (b *Base) DevicesCookie(c echo.Context) string {
	ck, err := c.Cookie(b.CookieName(devicesCookie))
	if err != nil {
		return ""
	}
	return ck.Value
}

// SetDevicesCookie has the browser known as one on which somebody has signed in.
func (b *Base) SetDevicesCookie(c echo.Context, value string) {
	c.SetCookie(b.preferenceCookie(b.CookieName(devicesCookie), value))
}

func (b *Base) preferenceCookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600, Secure: b.Site.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// languageOf is the person's language, otherwise this browser's choice, otherwise what
// the browser requests.
func (b *Base) languageOf(c echo.Context, v Visitor) i18n.Locale {
	if l, ok := i18n.ParseLocale(v.Session.Person.Locale); ok {
		return l
	}
	if ck, err := c.Cookie(languageCookie); err == nil {
		if l, ok := i18n.ParseLocale(ck.Value); ok {
			return l
		}
	}
	return i18n.MatchLocale(c.Request().Header.Get("Accept-Language"), i18n.Locale(b.Setup.Current().Locale))
}

func themeOf(c echo.Context) string {
	if ck, err := c.Cookie(themeCookie); err == nil && isTheme(ck.Value) {
		return ck.Value
	}
	return ""
}

func isTheme(s string) bool { return s == "light" || s == "dark" }
