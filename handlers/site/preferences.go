package site

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/views/paths"
)

// setLanguage sets the language of this browser, and of the person if they
// are signed in, and goes back to the page.
func (h *Handlers) setLanguage(c echo.Context) error {
	l, ok := i18n.ParseLocale(c.FormValue("language"))
	if ok {
		h.SetLanguageCookie(c, l)
		if actor := web.ActorOf(c); actor.SignedIn() {
			if err := h.Accounts.SetPersonLocale(c.Request().Context(), actor, string(l)); err != nil {
				return err
			}
		}
	}
	return web.SeeOther(c, cmp.Or(web.LocalPath(c.FormValue("next")), paths.Home()))
}

// setAppearance sets light, dark or the device's setting in this browser.
func (h *Handlers) setAppearance(c echo.Context) error {
	h.SetThemeCookie(c, c.FormValue("theme"))
	return web.SeeOther(c, cmp.Or(web.LocalPath(c.FormValue("next")), paths.Home()))
}
