package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/paths"
)

// showSecurity shows how a person signs in, and where they are signed in.
func (h *Handlers) showSecurity(c echo.Context) error {
	return h.renderSecurity(c, 200, accountsview.SecurityProps{})
}

func (h *Handlers) renderSecurity(c echo.Context, status int, p accountsview.SecurityProps) error {
	ctx, actor, person := c.Request().Context(), web.ActorOf(c), web.VisitorOf(c).Session.Person
	p.Kind, p.HasPassword = string(actor.Side()), person.PasswordHash != nil
	if person.Email != nil && person.EmailConfirmedAt != nil {
		p.Email = *person.Email
	}
	protected, err := h.Accounts.AccountProtectionOf(ctx, actor)
	if err != nil {
		return err
	}
	p.Factor, p.RecoveryLeft, p.NeedsFactor = protected.Factor, protected.RecoveryLeft, person.Admin
	passkeys, err := h.Accounts.ListPasskeys(ctx, actor)
	if err != nil {
		return err
	}
	for _, k := range passkeys {
		p.Passkeys = append(p.Passkeys, accountsview.PasskeyRow{ID: k.PublicID, Name: k.Name, Since: k.CreatedAt})
	}
	all, err := h.Accounts.BrowserSessions(ctx, actor)
	if err != nil {
		return err
	}
	if p.Ways, err = h.signInMethods(c); err != nil {
		return err
	}
	here := h.Sessions.GetString(ctx, accounts.SessionID)
	for _, s := range all {
		p.Sessions = append(p.Sessions, accountsview.SessionRow{ID: s.PublicID, Way: string(s.Way), Address: s.Address, Agent: s.Agent,
			SignedIn: s.SignedInAt, Seen: s.LastSeenAt, Here: s.PublicID == here})
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.security.title"), Body: accountsview.Security(p)})
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
