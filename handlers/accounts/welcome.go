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

type welcomeForm struct {
	Email  string `form:"email"`
	Locale string `form:"locale"`
	Zone   string `form:"zone"`
	Next   string `form:"next"`
}

// showWelcome asks a creator who has just joined for what no platform provides: an e-mail
// address and a language.
func (h *Handlers) showWelcome(c echo.Context) error {
	p := web.VisitorOf(c).Session.Person
	return h.renderWelcome(c, 200, accountsview.WelcomeProps{Locale: p.Locale, Zone: p.Zone, Next: web.PathAfterSignIn(c.QueryParam("next"))})
}

// saveWelcome saves the language and sends a link to the e-mail address.
func (h *Handlers) saveWelcome(c echo.Context) error {
	var f welcomeForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	err := h.Accounts.UpdatePerson(ctx, v.Actor, accounts.PersonForm{Name: v.Session.Person.Name, Locale: f.Locale, Zone: f.Zone})
	if err == nil {
		err = h.Creators.SetTimeZone(ctx, v.Actor, f.Zone)
	}
	if err == nil {
		err = h.Accounts.RequestEmailConfirmation(ctx, v.Actor, f.Email)
	}
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderWelcome(c, 422, accountsview.WelcomeProps{Email: f.Email, Locale: f.Locale, Zone: f.Zone, Next: web.PathAfterSignIn(f.Next), Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.welcome.sent", "email", f.Email)
	return web.SeeOther(c, cmp.Or(web.PathAfterSignIn(f.Next), paths.Dashboard()))
}

func (h *Handlers) renderWelcome(c echo.Context, status int, p accountsview.WelcomeProps) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	kit, err := h.Creators.OwnMediaKit(ctx, v.Actor)
	if err != nil {
		return err
	}
	p = accountsview.PresentWelcome(kit, h.Creators.FollowerFloor(), p)
	if p.Email == "" {
		if p.Email, err = h.Accounts.PendingEmail(ctx, v.Actor.PersonID); err != nil {
			return err
		}
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.welcome.title"), Body: accountsview.Welcome(p)})
}
