package accounts

import (
	"cmp"
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// signInPerson is the only way into a session: it begins one for the person under a new
// token and redirects to next, a checked path, or to the dashboard. A person with a
// second factor is asked for it first.
func (h *Handlers) signInPerson(c echo.Context, personID int64, way accounts.SignInMethod, next string) error {
	ctx := c.Request().Context()
	secret, waits, err := h.Accounts.BeginSecondFactor(ctx, personID, way, next)
	if err != nil {
		return err
	}
	if waits {
		if err := h.resetSession(ctx); err != nil {
			return err
		}
		id := models.NewPublicID()
		if err := h.addAttempt(ctx, attempt{attemptSecondFactor, id, secret}); err != nil {
			return err
		}
		return web.SeeOther(c, paths.SecondFactorAttempt(id))
	}
	if err := h.StartSession(c, personID, way); err != nil {
		return err
	}
	return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
}

// StartSession lets the browser act for a person, under a new token: one that was known
// before the sign-in becomes worthless.
func (h *Handlers) StartSession(c echo.Context, personID int64, way accounts.SignInMethod) error {
	ctx := c.Request().Context()
	if err := h.Accounts.RecordSignIn(ctx, personID, way); err != nil {
		return err
	}
	h.SetDevicesCookie(c, h.Accounts.KnownDevices(h.DevicesCookie(c), personID))
	if err := h.resetSession(ctx); err != nil {
		return err
	}
	h.Sessions.Put(ctx, accounts.SessionPerson, personID)
	h.Sessions.Put(ctx, accounts.SessionID, models.NewPublicID())
	h.Sessions.Put(ctx, accounts.SessionBegan, h.Clock().UnixMicro())
	if _, ok := h.Providers.ProviderOf(string(way)); ok { // they signed in with an account of their profile, whatever brands they have
		h.ActAs(c, accounts.ActingAsCreator)
	}
	h.recordIdentityProof(c, way)
	return h.SaveSession(c)
}

// resetSession empties the session of all but the sign-ins that wait in other tabs, and
// renews its token.
func (h *Handlers) resetSession(ctx context.Context) error {
	if err := h.Sessions.RenewToken(ctx); err != nil {
		return models.Internal("renew the session", err)
	}
	waiting := h.listAttempts(ctx)
	if err := h.Sessions.Clear(ctx); err != nil {
		return models.Internal("empty the session", err)
	}
	return h.putAttempts(ctx, waiting)
}

// recordIdentityProof records when, how and from where the person has proven who they
// are.
func (h *Handlers) recordIdentityProof(c echo.Context, way accounts.SignInMethod) {
	ctx := c.Request().Context()
	h.Sessions.Put(ctx, accounts.SessionSignedIn, h.Clock().UnixMicro())
	h.Sessions.Put(ctx, accounts.SessionWay, string(way))
	h.Sessions.Put(ctx, accounts.SessionAddress, accounts.NetworkOfAddress(c.RealIP()))
	h.Sessions.Put(ctx, accounts.SessionAgent, accounts.DescribeUserAgent(c.Request().UserAgent()))
}
