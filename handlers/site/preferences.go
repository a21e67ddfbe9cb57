package site

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
)

// setLanguage keeps the language of this browser, and of the person if she is
// signed in, and goes back to the page.
func (h *Handlers) setLanguage(c echo.Context) error {
	l, ok := i18n.ParseLocale(c.FormValue("language"))
	if ok {
		c.SetCookie(h.Preference(web.LangCookie, string(l)))
		if actor := web.ActorOf(c); actor.SignedIn() {
			if err := h.Accounts.SetPersonLocale(c.Request().Context(), actor, string(l)); err != nil {
				return err
			}
		}
	}
	return web.SeeOther(c, web.OrHome(web.SafeBack(c.FormValue("next"))))
}

// setAppearance keeps light, dark or as the device says, in this browser.
func (h *Handlers) setAppearance(c echo.Context) error {
	value := c.FormValue("theme")
	ck := h.Preference(web.ThemeCookie, value)
	if value != "light" && value != "dark" {
		ck.Value, ck.MaxAge = "", -1
	}
	c.SetCookie(ck)
	return web.SeeOther(c, web.OrHome(web.SafeBack(c.FormValue("next"))))
}
