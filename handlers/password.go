package handlers

import (
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
	"tribemarket/views/paths"
)

type emailForm struct {
	Email string `form:"email"`
}

type passwordForm struct {
	Password    string `form:"password"`
	NewPassword string `form:"new_password"`
}

// showForgot asks for the address to which a link to a new password goes.
func (h *Handlers) showForgot(c echo.Context) error {
	return h.forgotPage(c, 200, account.ForgotProps{})
}

// askReset lets the link be sent. The answer is the same whether the address
// is somebody's.
func (h *Handlers) askReset(c echo.Context) error {
	var f emailForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Accounts.AskReset(ctx, f.Email)
	if fields, ok := invalid(err); ok {
		return h.forgotPage(c, 422, account.ForgotProps{Email: f.Email, Errors: texts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	return h.forgotPage(c, 200, account.ForgotProps{Email: f.Email, Sent: true})
}

func (h *Handlers) forgotPage(c echo.Context, status int, p account.ForgotProps) error {
	return h.render(c, view{Status: status, Title: i18n.T(c.Request().Context(), "signin.forgot.title"), Body: account.Forgot(p)})
}

// showReset asks for the new password of whoever has the link.
func (h *Handlers) showReset(c echo.Context) error { return h.resetPage(c, 200, nil) }

// resetPassword keeps it and signs in.
func (h *Handlers) resetPassword(c echo.Context) error {
	var f passwordForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	id, err := h.Accounts.ResetPassword(ctx, c.Param("token"), f.Password)
	if fields, ok := invalid(err); ok {
		return h.resetPage(c, 422, texts(ctx, fields))
	}
	if models.CodeOf(err) == models.CodeConflict && err != nil {
		return h.resetPage(c, 409, nil)
	}
	if err != nil {
		return err
	}
	return h.signInAs(c, id, accounts.WayPassword, "")
}

// resetPage is the form, or says that the link works no more.
func (h *Handlers) resetPage(c echo.Context, status int, errors map[string]string) error {
	ctx := c.Request().Context()
	props := account.ResetProps{Token: c.Param("token"), Errors: errors}
	p, err := h.Accounts.Reset(ctx, props.Token)
	switch {
	case err != nil && models.CodeOf(err) == models.CodeConflict:
		status, props.Expired = 409, true
	case err != nil:
		return err
	case p.Email != nil:
		props.Email = *p.Email
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "signin.reset.title"), Body: account.Reset(props)})
}

// changePassword replaces the person's password; other browsers are signed out.
func (h *Handlers) changePassword(c echo.Context) error {
	var f passwordForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Accounts.ChangePassword(ctx, actorOf(c), f.Password, f.NewPassword, h.Sessions.GetString(ctx, accounts.SessionID))
	if fields, ok := invalid(err); ok {
		for i := range fields {
			if fields[i].Key == "accounts.error.sign_in" {
				fields[i].Key = "signin.error.password"
			}
		}
		return h.securityPage(c, 422, account.SecurityProps{Errors: texts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	if err := h.Sessions.RenewToken(ctx); err != nil {
		return models.Internal("renew the session", err)
	}
	h.say(c, "signin.password.changed")
	return seeOther(c, paths.Security())
}

// sendPasswordLink sends somebody who has no password a link to set one.
func (h *Handlers) sendPasswordLink(c echo.Context) error {
	ctx, p := c.Request().Context(), visitorOf(c).Session.Person
	if p.Email == nil || p.EmailConfirmedAt == nil {
		return models.Conflict("signin.password.no_email")
	}
	if err := h.Accounts.AskReset(ctx, *p.Email); err != nil {
		return err
	}
	h.say(c, "signin.password.link_sent", "email", *p.Email)
	return seeOther(c, paths.Security())
}
