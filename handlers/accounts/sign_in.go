package accounts

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type signInForm struct {
	Email    string `form:"email"`
	Password string `form:"password"`
	Next     string `form:"next"`
}

// showSignIn asks a member of a brand for their password and a creator for
// their platform.
func (h *Handlers) showSignIn(c echo.Context) error {
	next := web.PathAfterSignIn(c.QueryParam("next"))
	if web.ActorOf(c).SignedIn() {
		return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
	}
	return h.renderSignIn(c, 200, accountsview.SignInProps{Next: next})
}

// signIn checks the password of a brand's member.
func (h *Handlers) signIn(c echo.Context) error {
	var f signInForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	next := web.PathAfterSignIn(f.Next)
	id, err := h.Accounts.CheckSignIn(c.Request().Context(), f.Email, f.Password, h.DevicesCookie(c))
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderSignIn(c, 422, accountsview.SignInProps{Next: next, Email: f.Email, Errors: components.FieldTexts(c.Request().Context(), fields)})
	}
	if err != nil {
		return err
	}
	return h.signInPerson(c, id, accounts.MethodPassword, next)
}

func (h *Handlers) renderSignIn(c echo.Context, status int, p accountsview.SignInProps) error {
	for _, provider := range h.Providers {
		p.Platforms = append(p.Platforms, provider.Platform)
	}
	p.Provider = h.OIDCName()
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.sign_in.title"), Body: accountsview.SignIn(p)})
}

// signOut ends the session.
func (h *Handlers) signOut(c echo.Context) error {
	if err := h.Sessions.Destroy(c.Request().Context()); err != nil {
		return models.Internal("end the session", err)
	}
	return web.SeeOther(c, paths.Home())
}
