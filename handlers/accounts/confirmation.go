package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// showEmailConfirmation shows the e-mail address without using the link: mail scanners
// open links, so only a button press confirms.
func (h *Handlers) showEmailConfirmation(c echo.Context) error {
	return h.renderEmailConfirmation(c, 200, nil)
}

// confirmEmail confirms that the e-mail address is the person's own. A person who gave
// the password for it is signed in.
func (h *Handlers) confirmEmail(c echo.Context) error {
	var f passwordForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	conf, asks, err := h.findConfirmation(c)
	if err != nil {
		return err
	}
	_, err = h.Accounts.ConfirmEmail(ctx, web.ActorOf(c), token, f.Password)
	if fields, ok := web.InvalidFields(err); ok {
		for i := range fields {
			fields[i].Key = "accounts.error.password"
		}
		return h.renderEmailConfirmation(c, 422, components.FieldTexts(ctx, fields))
	}
	if err != nil {
		return err
	}
	if asks && conf.UsedAt == nil {
		return h.signInPerson(c, conf.PersonID, accounts.MethodPassword, paths.EmailConfirmation(token))
	}
	return web.SeeOther(c, paths.EmailConfirmation(token))
}

// resendConfirmation sends the link again and leads back to where it was asked for.
func (h *Handlers) resendConfirmation(c echo.Context) error {
	email, err := h.Accounts.ResendEmailConfirmation(c.Request().Context(), web.ActorOf(c))
	if fields, ok := web.InvalidFields(err); ok {
		h.Flash(c, fields[0].Key, fields[0].Args...)
		return web.SeeOther(c, h.ReturnPath(c.Request()))
	}
	if err != nil {
		return err
	}
	if email == "" {
		h.Flash(c, "accounts.settings.no_address")
		return web.SeeOther(c, paths.Settings())
	}
	h.Flash(c, "accounts.welcome.sent", "email", email)
	return web.SeeOther(c, h.ReturnPath(c.Request()))
}

// findConfirmation finds what the link confirms, and whether the password is needed.
func (h *Handlers) findConfirmation(c echo.Context) (conf accounts.EmailConfirmation, asks bool, err error) {
	ctx := c.Request().Context()
	if conf, err = h.Accounts.EmailConfirmationBySecret(ctx, c.Param("token")); err != nil {
		return conf, false, err
	}
	p, err := h.Accounts.PersonByID(ctx, conf.PersonID)
	return conf, accounts.ConfirmationNeedsPassword(web.ActorOf(c), p), err
}

func (h *Handlers) renderEmailConfirmation(c echo.Context, status int, errors map[string]string) error {
	conf, asks, err := h.findConfirmation(c)
	if err != nil {
		return err
	}
	body := accountsview.EmailConfirmation(accountsview.EmailConfirmationProps{Email: conf.Email, Done: conf.UsedAt != nil, Token: c.Param("token"), Next: h.Sessions.GetString(c.Request().Context(), afterConfirmationKey), AsksPassword: asks, Errors: errors})
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.confirm.title"), Body: body})
}
