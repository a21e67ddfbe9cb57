package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
)

type forgottenPasswordForm struct {
	Email string `form:"email"`
}

// showForgottenPassword asks for the e-mail address to send a link to.
func (h *Handlers) showForgottenPassword(c echo.Context) error {
	return h.renderForgottenPassword(c, 200, accountsview.ForgottenPasswordProps{})
}

// requestPasswordReset has the link sent. The response is the same whether or not the
// e-mail address belongs to an account.
func (h *Handlers) requestPasswordReset(c echo.Context) error {
	var f forgottenPasswordForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Accounts.RequestPasswordReset(ctx, f.Email)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderForgottenPassword(c, 422, accountsview.ForgottenPasswordProps{Email: f.Email, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	return h.renderForgottenPassword(c, 200, accountsview.ForgottenPasswordProps{Email: f.Email, Sent: true})
}

func (h *Handlers) renderForgottenPassword(c echo.Context, status int, p accountsview.ForgottenPasswordProps) error {
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.forgot.title"), Body: accountsview.ForgottenPassword(p)})
}

// showPasswordReset asks the holder of the link for the new password.
func (h *Handlers) showPasswordReset(c echo.Context) error { return h.renderPasswordReset(c, 200, nil) }

// resetPassword saves the new password and signs in.
func (h *Handlers) resetPassword(c echo.Context) error {
	var f passwordForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	id, err := h.Accounts.ResetPassword(ctx, c.Param("token"), f.Password)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderPasswordReset(c, 422, components.FieldTexts(ctx, fields))
	}
	if models.CodeOf(err) == models.CodeConflict && err != nil {
		return h.renderPasswordReset(c, 409, nil)
	}
	if err != nil {
		return err
	}
	return h.signInPerson(c, id, accounts.MethodPassword, "")
}

// renderPasswordReset shows the form, or that the link no longer works.
func (h *Handlers) renderPasswordReset(c echo.Context, status int, errors map[string]string) error {
	ctx := c.Request().Context()
	props := accountsview.PasswordResetProps{Token: c.Param("token"), Errors: errors}
	p, err := h.Accounts.PersonByResetSecret(ctx, props.Token)
	switch {
	case err != nil && models.CodeOf(err) == models.CodeConflict:
		status, props.Expired = 409, true
	case err != nil:
		return err
	case p.Email != nil:
		props.Email = *p.Email
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.reset.title"), Body: accountsview.PasswordReset(props)})
}
