package accounts

import (
	"cmp"
	"context"
	"slices"
	"strings"

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

// leadsToSignature says whether somebody proves who they are to sign a contract, which takes a
// proof of their own.
func leadsToSignature(next string) bool { return strings.HasPrefix(next, paths.Contract("")) }

type confirmIdentityForm struct {
	Password string `form:"password"`
	Code     string `form:"code"`
	Next     string `form:"next"`
}

// showConfirmIdentity asks for a proof before a step that needs one.
func (h *Handlers) showConfirmIdentity(c echo.Context) error {
	next := web.PathAfterSignIn(c.QueryParam("next"))
	if h.HasOwnProof(c) || h.IsReauthenticationFresh(c) && !leadsToSignature(next) {
		return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
	}
	return h.renderConfirmIdentity(c, 200, accountsview.ConfirmIdentityProps{Next: next})
}

// confirmIdentity accepts the password as a proof, or a code that was mailed.
func (h *Handlers) confirmIdentity(c echo.Context) error {
	var f confirmIdentityForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, next, way := c.Request().Context(), web.PathAfterSignIn(f.Next), accounts.MethodPassword
	answers, err := c.FormParams()
	if err != nil {
		return err
	}
	proven := true
	if answers.Has("code") {
		way = accounts.WayCode
		proven, err = h.Accounts.VerifyIdentityCode(ctx, web.ActorOf(c), h.codeRequest(ctx, next), f.Code)
	} else {
		err = h.Accounts.VerifyOwnPassword(ctx, web.ActorOf(c), f.Password)
	}
	if fields, ok := web.InvalidFields(err); ok {
		for i := range fields {
			if way == accounts.MethodPassword {
				fields[i].Key = "accounts.error.password"
			}
		}
		return h.renderConfirmIdentity(c, 422, accountsview.ConfirmIdentityProps{Next: next, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	if proven {
		err = h.recordReauthentication(c, way)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
}

type identityCodeForm struct {
	Next string `form:"next"`
}

// sendIdentityCode mails a code to the person's confirmed address.
func (h *Handlers) sendIdentityCode(c echo.Context) error {
	var f identityCodeForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx, next := c.Request().Context(), web.PathAfterSignIn(f.Next)
	if err := h.Accounts.SendIdentityCode(ctx, web.ActorOf(c), h.codeRequest(ctx, next)); err != nil {
		return err
	}
	h.Flash(c, "accounts.recent.code.sent")
	return web.SeeOther(c, paths.ConfirmIdentity(next))
}

// codeRequest is what a code of this session is good for: to go on to a page.
func (h *Handlers) codeRequest(ctx context.Context, next string) accounts.CodeRequest {
	return accounts.CodeRequest{Session: h.Sessions.GetString(ctx, accounts.SessionID), Purpose: next}
}

func (h *Handlers) renderConfirmIdentity(c echo.Context, status int, p accountsview.ConfirmIdentityProps) error {
	ctx := c.Request().Context()
	proofs, err := h.Accounts.ReauthenticationMethodsOf(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	p.Password, p.Passkey = proofs.Password, proofs.Passkey
	if proofs.Code {
		p.CodeTo = proofs.Email
		if p.CodeSent, err = h.Accounts.AwaitsIdentityCode(ctx, web.ActorOf(c), h.codeRequest(ctx, p.Next)); err != nil {
			return err
		}
	}
	p.NoAddress = !proofs.Password && !proofs.Passkey && proofs.Email == ""
	if p.Signing = leadsToSignature(p.Next); p.Signing {
		proofs.Providers = nil
	}
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
