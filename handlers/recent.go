package handlers

import (
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
	"tribemarket/views/paths"
)

// recent is a guard around another: the person has shown within a quarter of
// an hour who she is, else she does so first.
func (h *Handlers) recent(guard echo.MiddlewareFunc) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return guard(func(c echo.Context) error {
			if h.isRecent(c) {
				return next(c)
			}
			return seeOther(c, paths.ConfirmIdentity(h.back(c.Request())))
		})
	}
}

func (h *Handlers) isRecent(c echo.Context) bool {
	proved := time.UnixMicro(h.Sessions.GetInt64(c.Request().Context(), accounts.SessionSignedIn))
	return accounts.IsRecent(proved, h.Clock())
}

// confirmed notes that the person who is signed in has shown again who she is,
// and renews the session's token.
func (h *Handlers) confirmed(c echo.Context, way accounts.Way) error {
	ctx := c.Request().Context()
	if err := h.Accounts.Confirmed(ctx, actorOf(c), way); err != nil {
		return err
	}
	if err := h.Sessions.RenewToken(ctx); err != nil {
		return models.Internal("renew the session", err)
	}
	h.proved(c, way)
	return nil
}

type confirmIdentityForm struct {
	Password string `form:"password"`
	Next     string `form:"next"`
}

// showConfirmIdentity asks for a proof before a step that needs one.
func (h *Handlers) showConfirmIdentity(c echo.Context) error {
	next := safeNext(c.QueryParam("next"))
	if h.isRecent(c) {
		return seeOther(c, orDashboard(next))
	}
	return h.confirmIdentityPage(c, 200, account.ConfirmIdentityProps{Next: next})
}

// confirmIdentity takes the password as a proof.
func (h *Handlers) confirmIdentity(c echo.Context) error {
	var f confirmIdentityForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx, next := c.Request().Context(), safeNext(f.Next)
	err := h.Accounts.ConfirmPassword(ctx, actorOf(c), f.Password)
	if fields, ok := invalid(err); ok {
		for i := range fields {
			fields[i].Key = "signin.error.password"
		}
		return h.confirmIdentityPage(c, 422, account.ConfirmIdentityProps{Next: next, Errors: texts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	if err := h.confirmed(c, accounts.WayPassword); err != nil {
		return err
	}
	return seeOther(c, orDashboard(next))
}

func (h *Handlers) confirmIdentityPage(c echo.Context, status int, p account.ConfirmIdentityProps) error {
	ctx := c.Request().Context()
	proofs, err := h.Accounts.Proofs(ctx, actorOf(c))
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
		p.Provider = h.oidcName()
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "signin.recent.title"), Body: account.ConfirmIdentity(p)})
}
