package accounts

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// signInAs is the one way into a session: it begins one for the person under a
// new token and goes on to next, a path that was checked, or to the dashboard.
// Who has a second factor shows it first.
func (h *Handlers) signInAs(c echo.Context, personID int64, way accounts.SignInMethod, next string) error {
	ctx := c.Request().Context()
	secret, waits, err := h.Accounts.BeginSecondFactor(ctx, personID, way, next)
	if err != nil {
		return err
	}
	if waits {
		if err := h.newSession(ctx); err != nil {
			return err
		}
		h.Sessions.Put(ctx, stepKey, secret)
		return web.SeeOther(c, paths.Factor())
	}
	if err := h.startSession(c, personID, way); err != nil {
		return err
	}
	return web.SeeOther(c, web.OrDashboard(next))
}

// startSession lets the browser act for a person, under a new token: one that
// was known before the sign-in is worth nothing after it.
func (h *Handlers) startSession(c echo.Context, personID int64, way accounts.SignInMethod) error {
	ctx := c.Request().Context()
	if err := h.Accounts.RecordSignIn(ctx, personID, way); err != nil {
		return err
	}
	if err := h.newSession(ctx); err != nil {
		return err
	}
	h.Sessions.Put(ctx, accounts.SessionPerson, personID)
	h.Sessions.Put(ctx, accounts.SessionID, models.NewPublicID())
	h.Sessions.Put(ctx, accounts.SessionBegan, h.Clock().UnixMicro())
	if _, ok := h.Providers.ProviderOf(string(way)); ok { // it is her profile's account, whatever brands she has
		h.Sessions.Put(ctx, web.ActingKey, accounts.ActingAsCreator)
	}
	h.proved(c, way)
	return nil
}

// newSession empties the session and gives it another token.
func (h *Handlers) newSession(ctx context.Context) error {
	if err := h.Sessions.RenewToken(ctx); err != nil {
		return models.Internal("renew the session", err)
	}
	if err := h.Sessions.Clear(ctx); err != nil {
		return models.Internal("empty the session", err)
	}
	return nil
}

// proved notes that the person has just shown who she is, and from where.
func (h *Handlers) proved(c echo.Context, way accounts.SignInMethod) {
	ctx := c.Request().Context()
	h.Sessions.Put(ctx, accounts.SessionSignedIn, h.Clock().UnixMicro())
	h.Sessions.Put(ctx, accounts.SessionWay, string(way))
	h.Sessions.Put(ctx, accounts.SessionAddress, accounts.NetworkOfAddress(c.RealIP()))
	h.Sessions.Put(ctx, accounts.SessionAgent, accounts.DescribeUserAgent(c.Request().UserAgent()))
}
