package accounts

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type signUpForm struct {
	Brand    string `form:"brand"`
	Site     string `form:"site"`
	Country  string `form:"country"`
	Sells    string `form:"sells"`
	Kind     string `form:"kind"`
	Name     string `form:"name"`
	Email    string `form:"email"`
	Password string `form:"password"`
	Zone     string `form:"zone"`
	Next     string `form:"next"`
	Attempt  string `form:"attempt"` // with the OpenID Connect provider
}

// showSignUp asks for a brand and its first member.
func (h *Handlers) showSignUp(c echo.Context) error {
	next := web.PathAfterSignIn(c.QueryParam("next"))
	if web.ActorOf(c).SignedIn() {
		return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
	}
	return h.renderSignUp(c, 200, accountsview.SignUpProps{Next: next})
}

// signUp creates a brand and signs its first member in.
func (h *Handlers) signUp(c echo.Context) error {
	var f signUpForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	actor, err := h.Accounts.SignUp(ctx, accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: f.Brand, Site: f.Site, Country: f.Country, Sells: f.Sells, Kind: accounts.BrandKind(f.Kind)},
		Name:  f.Name, Email: f.Email, Password: f.Password, Locale: string(i18n.LocaleOf(ctx)), Zone: f.Zone,
	})
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderSignUp(c, 422, accountsview.SignUpProps{Next: web.PathAfterSignIn(f.Next), Brand: f.Brand, Site: f.Site, Country: f.Country,
			Sells: f.Sells, Kind: f.Kind, Name: f.Name, Email: f.Email, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	if err := h.StartSession(c, actor.PersonID, accounts.MethodPassword); err != nil {
		return err
	}
	h.Flash(c, "accounts.sign_up.done")
	return web.SeeOther(c, cmp.Or(web.PathAfterSignIn(f.Next), paths.Dashboard()))
}

func (h *Handlers) renderSignUp(c echo.Context, status int, p accountsview.SignUpProps) error {
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.sign_up.title"), Body: accountsview.SignUp(p)})
}
