package handlers

import (
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
	"tribemarket/views/paths"
)

type welcomeForm struct {
	Email  string `form:"email"`
	Locale string `form:"locale"`
	Zone   string `form:"zone"`
	Next   string `form:"next"`
}

// showWelcome asks a creator who has just joined for what no platform gives:
// an address for mails, and her language.
func (h *Handlers) showWelcome(c echo.Context) error {
	p := visitorOf(c).Session.Person
	return h.welcomePage(c, 200, account.WelcomeProps{Locale: p.Locale, Zone: p.Zone, Next: safeNext(c.QueryParam("next"))})
}

// welcome keeps the language and sends a link to the address.
func (h *Handlers) welcome(c echo.Context) error {
	var f welcomeForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx, v := c.Request().Context(), visitorOf(c)
	err := h.Accounts.Update(ctx, v.Actor, accounts.PersonForm{Name: v.Session.Person.Name, Locale: f.Locale, Zone: f.Zone})
	if err == nil {
		err = h.Creators.LiveIn(ctx, v.Actor, f.Zone)
	}
	if err == nil {
		err = h.Accounts.AskConfirmation(ctx, v.Actor, f.Email)
	}
	if fields, ok := invalid(err); ok {
		return h.welcomePage(c, 422, account.WelcomeProps{Email: f.Email, Locale: f.Locale, Zone: f.Zone, Next: safeNext(f.Next), Errors: texts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.say(c, "account.welcome.sent", "email", f.Email)
	return seeOther(c, orDashboard(safeNext(f.Next)))
}

func (h *Handlers) welcomePage(c echo.Context, status int, p account.WelcomeProps) error {
	ctx, v := c.Request().Context(), visitorOf(c)
	kit, err := h.Creators.Own(ctx, v.Actor)
	if err != nil {
		return err
	}
	p.Name, p.Floor = kit.Creator.Name, h.Creators.Floor()
	for _, a := range kit.Accounts {
		p.Followers = max(p.Followers, a.Followers)
	}
	if p.Email == "" {
		if p.Email, err = h.Accounts.PendingEmail(ctx, v.Actor.PersonID); err != nil {
			return err
		}
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "account.welcome.title"), Body: account.Welcome(p)})
}

// showConfirmation names the address before the link is used: mail scanners
// open links, and only a press confirms.
func (h *Handlers) showConfirmation(c echo.Context) error {
	ctx := c.Request().Context()
	conf, err := h.Accounts.Confirmation(ctx, c.Param("token"))
	if err != nil {
		return err
	}
	body := account.Confirmation(account.ConfirmationProps{Email: conf.Email, Done: conf.UsedAt != nil, Token: c.Param("token")})
	return h.render(c, view{Title: i18n.T(ctx, "account.confirm.title"), Body: body})
}

// confirm makes the address the person's own.
func (h *Handlers) confirm(c echo.Context) error {
	if _, err := h.Accounts.Confirm(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	return seeOther(c, paths.Confirm(c.Param("token")))
}
