package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// finishOIDC takes somebody back from the OpenID Connect provider. Who she is
// stands in issuer and subject alone: an address never leads to an account.
func (h *Handlers) finishOIDC(c echo.Context, p platforms.Provider, begun accounts.OAuthState) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	session, err := p.OAuth.UnmarshalSession(begun.Session)
	if err != nil {
		return models.Internal("read the sign-in's session", err)
	}
	if _, err := session.Authorize(p.OAuth, c.QueryParams()); err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	identity := session.(*oidc.Session).UserID()
	switch begun.Purpose {
	case accounts.ToConnect:
		if err := h.Accounts.AddIdentityToSelf(ctx, actor, p.Platform, identity); err != nil {
			return err
		}
		h.Flash(c, "accounts.ways.connected", "name", h.OIDCName())
		return web.SeeOther(c, orSecurity(begun.Next))
	case accounts.ToConfirm:
		return h.confirmBy(c, p, begun.Next, identity)
	}
	id, known, err := h.Accounts.PersonIDByIdentity(ctx, p.Platform, identity)
	if err != nil {
		return err
	}
	if known {
		return h.signInAs(c, id, accounts.WayOIDC, begun.Next)
	}
	user, err := p.OAuth.FetchUser(session)
	if err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	return h.newcomer(c, user, begun.Next)
}

func orSecurity(next string) string {
	if next == "" {
		return paths.Security()
	}
	return next
}
