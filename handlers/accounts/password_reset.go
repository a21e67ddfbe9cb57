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

type emailForm struct {
	Email string `form:"email"`
}

// showForgot asks for the address to which a link to a new password goes.
func (h *Handlers) showForgot(c echo.Context) error {
	return h.forgotPage(c, 200, accountsview.ForgotProps{})
}

// askReset lets the link be sent. The answer is the same whether the address
// is somebody's.
func (h *Handlers) askReset(c echo.Context) error {
	var f emailForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Accounts.RequestPasswordReset(ctx, f.Email)
	if fields, ok := web.InvalidFields(err); ok {
		return h.forgotPage(c, 422, accountsview.ForgotProps{Email: f.Email, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	return h.forgotPage(c, 200, accountsview.ForgotProps{Email: f.Email, Sent: true})
}

func (h *Handlers) forgotPage(c echo.Context, status int, p accountsview.ForgotProps) error {
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.forgot.title"), Body: accountsview.Forgot(p)})
}

// showReset asks for the new password of whoever has the link.
func (h *Handlers) showReset(c echo.Context) error { return h.resetPage(c, 200, nil) }

// resetPassword keeps it and signs in.
func (h *Handlers) resetPassword(c echo.Context) error {
	var f passwordForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	id, err := h.Accounts.ResetPassword(ctx, c.Param("token"), f.Password)
	if fields, ok := web.InvalidFields(err); ok {
		return h.resetPage(c, 422, components.FieldTexts(ctx, fields))
	}
	if models.CodeOf(err) == models.CodeConflict && err != nil {
		return h.resetPage(c, 409, nil)
	}
	if err != nil {
		return err
	}
	return h.signInAs(c, id, accounts.MethodPassword, "")
}

// resetPage is the form, or says that the link works no more.
func (h *Handlers) resetPage(c echo.Context, status int, errors map[string]string) error {
	ctx := c.Request().Context()
	props := accountsview.ResetProps{Token: c.Param("token"), Errors: errors}
	p, err := h.Accounts.PersonByResetSecret(ctx, props.Token)
	switch {
	case err != nil && models.CodeOf(err) == models.CodeConflict:
		status, props.Expired = 409, true
	case err != nil:
		return err
	case p.Email != nil:
		props.Email = *p.Email
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.reset.title"), Body: accountsview.Reset(props)})
}
