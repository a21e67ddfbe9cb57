package accounts

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/paths"
)

// showSecurity shows how a person signs in, and where they are signed in.
func (h *Handlers) showSecurity(c echo.Context) error {
	return h.renderSecurity(c, 200, accountsview.SecurityProps{})
}

func (h *Handlers) renderSecurity(c echo.Context, status int, p accountsview.SecurityProps) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	security, err := h.readAccountSecurity(ctx, actor)
	if err != nil {
		return err
	}
	if p.Ways, err = h.signInMethods(c); err != nil {
		return err
	}
	p = accountsview.PresentSecurity(actor, web.VisitorOf(c).Session.Person, security, p)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.security.title"), Body: accountsview.Security(p)})
}

func (h *Handlers) readAccountSecurity(ctx context.Context, a models.Actor) (s accountsview.AccountSecurity, err error) {
	if s.Protection, err = h.Accounts.AccountProtectionOf(ctx, a); err != nil {
		return s, err
	}
	if s.Passkeys, err = h.Accounts.ListPasskeys(ctx, a); err != nil {
		return s, err
	}
	s.Sessions, err = h.Accounts.BrowserSessions(ctx, a)
	s.Here = h.Sessions.GetString(ctx, accounts.SessionID)
	return s, err
}

// endSession signs the person out in one browser; in this one, it is signing
// out.
func (h *Handlers) endSession(c echo.Context) error {
	ctx := c.Request().Context()
	if c.Param("id") == h.Sessions.GetString(ctx, accounts.SessionID) {
		return h.signOut(c)
	}
	if err := h.Accounts.EndBrowserSession(ctx, web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "accounts.sessions.ended")
	return web.SeeOther(c, paths.SecuritySettings())
}

// endOtherSessions signs the person out everywhere else.
func (h *Handlers) endOtherSessions(c echo.Context) error {
	ctx := c.Request().Context()
	if err := h.Accounts.EndOtherBrowserSessions(ctx, web.ActorOf(c), h.Sessions.GetString(ctx, accounts.SessionID)); err != nil {
		return err
	}
	h.Flash(c, "accounts.sessions.others_ended")
	return web.SeeOther(c, paths.SecuritySettings())
}
