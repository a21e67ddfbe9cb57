package accounts

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/views/paths"
)

// finishOAuth handles the browser's return: once, in the browser in which it began, and
// only with a state that we issued.
func (h *Handlers) finishOAuth(c echo.Context) error {
	p, err := h.Provider(c)
	if err != nil {
		return err
	}
	begun, err := h.endOAuth(c, p)
	if err != nil {
		return h.renderSignInProblem(c, p, begun, err)
	}
	if p.API == nil {
		return h.finishOIDC(c, p, begun)
	}
	profile, token, err := h.readProfile(c, p, begun.Session)
	if err != nil {
		return h.renderSignInProblem(c, p, begun, err)
	}
	switch begun.Purpose {
	case accounts.ToConnect:
		return h.connectAccount(c, p, begun, profile, token)
	case accounts.ToConfirm:
		return h.reauthenticateWith(c, p, begun.Next, profile.UserID)
	}
	return h.signInCreator(c, p, begun, profile, token)
}

// endOAuth removes the stored state, and says whether the person has consented.
func (h *Handlers) endOAuth(c echo.Context, p platforms.Provider) (accounts.OAuthState, error) {
	begun, err := h.Accounts.EndOAuth(c.Request().Context(), web.ActorOf(c), p.Platform, c.QueryParam("state"), h.signInBrowser(c))
	if err == nil && c.QueryParam("error") != "" {
		err = errConsentRefused
	}
	return begun, err
}

// signInCreator signs the creator in; a new creator joins.
func (h *Handlers) signInCreator(c echo.Context, p platforms.Provider, begun accounts.OAuthState, profile creators.PlatformProfile, token creators.PlatformToken) error {
	ctx := c.Request().Context()
	joined, err := h.Creators.SignInWithPlatform(ctx, p.Platform, profile, token, string(i18n.LocaleOf(ctx)))
	if err != nil {
		return h.renderSignInProblem(c, p, begun, err)
	}
	next := begun.Next
	if joined.PersonCreated || joined.ProfileClaimed {
		next = paths.WelcomeTo(next)
	}
	return h.signInPerson(c, joined.Actor.PersonID, accounts.SignInMethod(p.Platform), next)
}

// connectAccount connects the account to the creator's profile. An account of another
// profile is refused, with an explanation above their own accounts.
func (h *Handlers) connectAccount(c echo.Context, p platforms.Provider, begun accounts.OAuthState, profile creators.PlatformProfile, token creators.PlatformToken) error {
	actor := web.ActorOf(c)
	switch {
	case actor.Suspended:
		return models.Forbidden("web.error.suspended")
	case actor.CreatorID == 0:
		return models.Forbidden("web.error.creators_only")
	}
	err := h.Creators.ConnectAdditionalAccount(c.Request().Context(), actor, p.Platform, profile, token)
	if models.CodeOf(err) == models.CodeConflict {
		return h.RenderConnectedAccounts(c, http.StatusConflict, web.ErrorText(c.Request().Context(), err))
	}
	if err != nil {
		return h.renderSignInProblem(c, p, begun, err)
	}
	h.Flash(c, "creators.connected.done", "platform", h.ProviderName(p.Platform), "handle", profile.Handle)
	return web.SeeOther(c, cmp.Or(begun.Next, paths.ConnectedAccounts()))
}

// reauthenticateWith accepts the sign-in as a proof, if it is by the same person.
func (h *Handlers) reauthenticateWith(c echo.Context, p platforms.Provider, next, subject string) error {
	own, err := h.Accounts.HasIdentity(c.Request().Context(), web.ActorOf(c), p.Platform, subject)
	if err != nil {
		return err
	}
	if !own {
		return models.Forbidden("accounts.error.way_of_somebody_else", "name", h.ProviderName(p.Platform))
	}
	if err := h.recordReauthentication(c, accounts.SignInMethod(p.Platform)); err != nil {
		return err
	}
	return web.SeeOther(c, cmp.Or(next, paths.Dashboard()))
}

// platformTimeout is how long a platform may take from the code to the figures: the
// person must see a page within ten seconds.
const platformTimeout = 8 * time.Second

// readProfile exchanges the code and reads the creator's figures.
func (h *Handlers) readProfile(c echo.Context, p platforms.Provider, begun string) (creators.PlatformProfile, creators.PlatformToken, error) {
	session, err := p.OAuth.UnmarshalSession(begun)
	if err != nil {
		return creators.PlatformProfile{}, creators.PlatformToken{}, models.Internal("read the sign-in's session", err)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), platformTimeout)
	defer cancel()
	if err := platforms.Authorize(ctx, p, session, c.QueryParams()); err != nil {
		return creators.PlatformProfile{}, creators.PlatformToken{}, err
	}
	token, ok := platforms.GrantedToken(session)
	if !ok {
		return creators.PlatformProfile{}, token, creators.ErrReconnect
	}
	profile, err := p.API.Read(ctx, token)
	return profile, token, err
}
