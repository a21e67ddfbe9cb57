package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type passwordForm struct {
	Password    string `form:"password"`
	NewPassword string `form:"new_password"`
}

// changePassword changes the person's password and signs other browsers out.
func (h *Handlers) changePassword(c echo.Context) error {
	var f passwordForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Accounts.ChangePassword(ctx, web.ActorOf(c), f.Password, f.NewPassword, h.Sessions.GetString(ctx, accounts.SessionID))
	if fields, ok := web.InvalidFields(err); ok {
		for i := range fields {
			if fields[i].Key == "accounts.error.sign_in" {
				fields[i].Key = "accounts.error.password"
			}
		}
		return h.renderSecurity(c, 422, accountsview.SecurityProps{Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	if err := h.Sessions.RenewToken(ctx); err != nil {
		return models.Internal("renew the session", err)
	}
	h.Flash(c, "accounts.password.changed")
	return web.SeeOther(c, paths.SecuritySettings())
}

// sendPasswordLink mails a person without a password a link to set one.
func (h *Handlers) sendPasswordLink(c echo.Context) error {
	ctx, p := c.Request().Context(), web.VisitorOf(c).Session.Person
	if p.Email == nil || p.EmailConfirmedAt == nil {
		return models.Conflict("accounts.password.no_email")
	}
	if err := h.Accounts.RequestPasswordReset(ctx, *p.Email); err != nil {
		return err
	}
	h.Flash(c, "accounts.password.link_sent", "email", *p.Email)
	return web.SeeOther(c, paths.SecuritySettings())
}
