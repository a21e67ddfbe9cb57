package accounts

import (
	"cmp"
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// recordReauthentication records that the signed-in person has proven who they are again,
// and renews the session's token.
func (h *Handlers) recordReauthentication(c echo.Context, way accounts.SignInMethod) error {
	ctx := c.Request().Context()
	if err := h.Accounts.RecordReauthentication(ctx, web.ActorOf(c), way); err != nil {
		return err
	}
	h.RenewSession(ctx)
	h.recordIdentityProof(c, way)
	return h.SaveSession(c)
}

type confirmIdentityForm struct {
	Password string `form:"password"`
	Next     string `form:"next"`
}

// showConfirmIdentity asks for a proof before a step that needs one.
func (h *Handlers) showConfirmIdentity(c echo.Context) error {
	next := web.PathAfterSignIn(c.QueryParam("next"))
	if h.IsReauthenticationFresh(c) {
		return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
	}
	return h.renderConfirmIdentity(c, 200, accountsview.ConfirmIdentityProps{Next: next})
}

// confirmIdentity accepts the password as a proof.
func (h *Handlers) confirmIdentity(c echo.Context) error {
	var f confirmIdentityForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, next := c.Request().Context(), web.PathAfterSignIn(f.Next)
	err := h.Accounts.VerifyOwnPassword(ctx, web.ActorOf(c), f.Password)
	if fields, ok := web.InvalidFields(err); ok {
		for i := range fields {
			fields[i].Key = "accounts.error.password"
		}
		return h.renderConfirmIdentity(c, 422, accountsview.ConfirmIdentityProps{Next: next, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	if err := h.recordReauthentication(c, accounts.MethodPassword); err != nil {
		return err
	}
	return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
}

func (h *Handlers) renderConfirmIdentity(c echo.Context, status int, p accountsview.ConfirmIdentityProps) error {
	ctx := c.Request().Context()
	proofs, err := h.Accounts.ReauthenticationMethodsOf(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	p.Password, p.Passkey = proofs.Password, proofs.Passkey
	for _, provider := range h.Providers {
		if slices.Contains(proofs.Providers, provider.Platform) {
			p.Platforms = append(p.Platforms, provider.Platform)
		}
	}
	if slices.Contains(proofs.Providers, oidc.Name) {
		p.Provider = h.OIDCName()
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.recent.title"), Body: accountsview.ConfirmIdentity(p)})
}
