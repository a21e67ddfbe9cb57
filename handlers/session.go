package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
	"tribemarket/views/paths"
)

type signInForm struct {
	Email    string `form:"email"`
	Password string `form:"password"`
	Next     string `form:"next"`
}

// showSignIn asks a brand for its password and a creator for her platform.
func (h *Handlers) showSignIn(c echo.Context) error {
	next := safeNext(c.QueryParam("next"))
	if actorOf(c).SignedIn() {
		return seeOther(c, orDashboard(next))
	}
	return h.signInPage(c, 200, account.SignInProps{Next: next})
}

// signIn checks a brand member's password.
func (h *Handlers) signIn(c echo.Context) error {
	var f signInForm
	if err := read(c, &f); err != nil {
		return err
	}
	next := safeNext(f.Next)
	id, err := h.Accounts.SignIn(c.Request().Context(), f.Email, f.Password)
	if fields, ok := invalid(err); ok {
		return h.signInPage(c, 422, account.SignInProps{Next: next, Email: f.Email, Errors: texts(c.Request().Context(), fields)})
	}
	if err != nil {
		return err
	}
	return h.signInAs(c, id, accounts.WayPassword, next)
}

func (h *Handlers) signInPage(c echo.Context, status int, p account.SignInProps) error {
	for _, provider := range h.Providers {
		p.Platforms = append(p.Platforms, provider.Platform)
	}
	p.Provider = h.oidcName()
	return h.render(c, view{Status: status, Title: i18n.T(c.Request().Context(), "account.sign_in.title"), Body: account.SignIn(p)})
}

// signInAs is the one way into a session: it begins one for the person under a
// new token and goes on to next, a path that was checked, or to the dashboard.
// Who has a second factor shows it first.
func (h *Handlers) signInAs(c echo.Context, personID int64, way accounts.Way, next string) error {
	ctx := c.Request().Context()
	secret, waits, err := h.Accounts.WaitsForFactor(ctx, personID, way, next)
	if err != nil {
		return err
	}
	if waits {
		if err := h.newSession(ctx); err != nil {
			return err
		}
		h.Sessions.Put(ctx, stepKey, secret)
		return seeOther(c, paths.Factor())
	}
	if err := h.startSession(c, personID, way); err != nil {
		return err
	}
	return seeOther(c, orDashboard(next))
}

// startSession lets the browser act for a person, under a new token: one that
// was known before the sign-in is worth nothing after it.
func (h *Handlers) startSession(c echo.Context, personID int64, way accounts.Way) error {
	ctx := c.Request().Context()
	if err := h.Accounts.SignedIn(ctx, personID, way); err != nil {
		return err
	}
	if err := h.newSession(ctx); err != nil {
		return err
	}
	h.Sessions.Put(ctx, accounts.SessionPerson, personID)
	h.Sessions.Put(ctx, accounts.SessionID, models.NewPublicID())
	h.Sessions.Put(ctx, accounts.SessionBegan, h.Clock().UnixMicro())
	if _, ok := h.Providers.Get(string(way)); ok { // it is her profile's account, whatever brands she has
		h.Sessions.Put(ctx, actingKey, accounts.ActingAsCreator)
	}
	h.proved(c, way)
	return nil
}

// rightsKey holds the rights that the session had when it was last used.
const rightsKey = "rights"

// renewOnNewRights gives the session another token when its person has become,
// or ceased to be, somebody who may do other things.
func (h *Handlers) renewOnNewRights(ctx context.Context, a models.Actor) error {
	rights := string(a.Role)
	if a.Admin {
		rights += " admin"
	}
	if h.Sessions.Exists(ctx, rightsKey) {
		if h.Sessions.GetString(ctx, rightsKey) == rights {
			return nil
		}
		if err := h.Sessions.RenewToken(ctx); err != nil {
			return models.Internal("renew the session", err)
		}
	}
	h.Sessions.Put(ctx, rightsKey, rights)
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
func (h *Handlers) proved(c echo.Context, way accounts.Way) {
	ctx := c.Request().Context()
	h.Sessions.Put(ctx, accounts.SessionSignedIn, h.Clock().UnixMicro())
	h.Sessions.Put(ctx, accounts.SessionWay, string(way))
	h.Sessions.Put(ctx, accounts.SessionAddress, accounts.ShortAddress(c.RealIP()))
	h.Sessions.Put(ctx, accounts.SessionAgent, accounts.Agent(c.Request().UserAgent()))
}

// signOut ends the session.
func (h *Handlers) signOut(c echo.Context) error {
	if err := h.Sessions.Destroy(c.Request().Context()); err != nil {
		return models.Internal("end the session", err)
	}
	return seeOther(c, paths.Home())
}
