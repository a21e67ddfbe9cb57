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
func (h *Handlers) showConfirmation(c echo.Context) error { return h.confirmationPage(c, 200, nil) }

// confirm makes the address the person's own. Who showed a password for it is
// signed in with it.
func (h *Handlers) confirm(c echo.Context) error {
	var f passwordForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	conf, asks, err := h.confirmation(c)
	if err != nil {
		return err
	}
	_, err = h.Accounts.Confirm(ctx, actorOf(c), token, f.Password)
	if fields, ok := invalid(err); ok {
		for i := range fields {
			fields[i].Key = "signin.error.password"
		}
		return h.confirmationPage(c, 422, texts(ctx, fields))
	}
	if err != nil {
		return err
	}
	if asks && conf.UsedAt == nil {
		return h.signInAs(c, conf.PersonID, accounts.WayPassword, paths.Confirm(token))
	}
	return seeOther(c, paths.Confirm(token))
}

// confirmation is the link, and whether it needs the password.
func (h *Handlers) confirmation(c echo.Context) (conf accounts.Confirmation, asks bool, err error) {
	ctx := c.Request().Context()
	if conf, err = h.Accounts.Confirmation(ctx, c.Param("token")); err != nil {
		return conf, false, err
	}
	p, err := h.Accounts.Find(ctx, conf.PersonID)
	return conf, accounts.NeedsPassword(actorOf(c), p), err
}

func (h *Handlers) confirmationPage(c echo.Context, status int, errors map[string]string) error {
	conf, asks, err := h.confirmation(c)
	if err != nil {
		return err
	}
	body := account.Confirmation(account.ConfirmationProps{Email: conf.Email, Done: conf.UsedAt != nil, Token: c.Param("token"), AsksPassword: asks, Errors: errors})
	return h.render(c, view{Status: status, Title: i18n.T(c.Request().Context(), "account.confirm.title"), Body: body})
}
