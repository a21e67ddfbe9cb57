package accounts

import (
	"cmp"

	"github.com/labstack/echo/v4"
	"github.com/markbates/goth"

	"tribemarket/handlers/web"
	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// finishOIDC handles the browser's return from the OpenID Connect provider. Only issuer
// and subject identify a person: an e-mail address never leads to an account.
func (h *Handlers) finishOIDC(c echo.Context, p platforms.Provider, begun accounts.OAuthState) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	session, err := p.OAuth.UnmarshalSession(begun.Session)
	if err != nil {
		return models.Internal("read the sign-in's session", err)
	}
	if _, err := session.Authorize(p.OAuth, c.QueryParams()); err != nil {
		return h.renderSignInProblem(c, p, begun, err)
	}
	identity := session.(*oidc.Session).UserID()
	switch begun.Purpose {
	case accounts.ToConnect:
		if err := h.Accounts.AddIdentityToSelf(ctx, actor, p.Platform, identity); err != nil {
			return err
		}
		h.Flash(c, "accounts.ways.connected", "name", h.OIDCName())
		return web.SeeOther(c, cmp.Or(begun.Next, paths.SecuritySettings()))
	case accounts.ToConfirm:
		return h.reauthenticateWith(c, p, begun.Next, identity)
	}
	return h.signInByIdentity(c, p, begun, session, identity)
}

// signInByIdentity signs in the person with the identity, or begins the sign-up of a new
// person.
func (h *Handlers) signInByIdentity(c echo.Context, p platforms.Provider, begun accounts.OAuthState, session goth.Session, identity string) error {
	id, known, err := h.Accounts.PersonIDByIdentity(c.Request().Context(), p.Platform, identity)
	if err != nil {
		return err
	}
	if known {
		return h.signInPerson(c, id, accounts.WayOIDC, begun.Next)
	}
	user, err := p.OAuth.FetchUser(session)
	if err != nil {
		return h.renderSignInProblem(c, p, begun, err)
	}
	return h.beginOIDCSignUp(c, user, begun.Next)
}
