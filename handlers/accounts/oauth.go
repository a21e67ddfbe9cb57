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

// browserCookie binds a sign-in that has begun to the browser where it began.
const browserCookie = "signin"

type authForm struct {
	Next    string `form:"next"`
	Purpose string `form:"purpose"` // "", connect or confirm
}

// beginAuth sends somebody to the platform or provider: to sign in, to add it
// to what she signs in with, or to show that it is still her.
func (h *Handlers) beginAuth(c echo.Context) error {
	p, err := h.Provider(c)
	if err != nil {
		return err
	}
	var f authForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	purpose, next := accounts.ToSignIn, web.SafeNext(f.Next)
	switch f.Purpose {
	case string(accounts.ToConfirm):
		purpose = accounts.ToConfirm
	case string(accounts.ToConnect):
		if purpose = accounts.ToConnect; web.ActorOf(c).SignedIn() && !h.IsReauthenticationFresh(c) {
			return web.SeeOther(c, paths.ConfirmIdentity(h.ReturnPath(c.Request())))
		}
	}
	if actor := web.ActorOf(c); purpose == accounts.ToConnect && p.API != nil && actor.SignedIn() && actor.CreatorID == 0 {
		return models.Forbidden("web.error.creators_only")
	}
	state, browser := models.NewSecret(), models.NewSecret()
	session, err := p.OAuth.BeginAuth(state)
	if err != nil {
		return h.signInProblem(c, p, accounts.OAuthState{Next: next, Purpose: purpose}, err)
	}
	address, err := session.GetAuthURL()
	if err != nil {
		return models.Internal("begin sign-in with "+p.Platform, err)
	}
	err = h.Accounts.BeginOAuth(c.Request().Context(), web.ActorOf(c), accounts.OAuthStart{
		Provider: p.Platform, State: state, Browser: browser, Session: session.Marshal(), Next: next, Purpose: purpose,
	})
	if err != nil {
		return err
	}
	// Lax is needed: the platform's redirect back is a navigation from another site.
	c.SetCookie(&http.Cookie{Name: h.CookieName(browserCookie), Value: browser, Path: "/", MaxAge: 600, HttpOnly: true, Secure: h.Site.Secure, SameSite: http.SameSiteLaxMode})
	return web.SeeOther(c, address)
}

// finishAuth takes somebody back: once, in the browser where it began, and
// only with a state that we gave.
func (h *Handlers) finishAuth(c echo.Context) error {
	p, err := h.Provider(c)
	if err != nil {
		return err
	}
	browser := ""
	if ck, err := c.Cookie(h.CookieName(browserCookie)); err == nil {
		browser = ck.Value
	}
	begun, err := h.Accounts.EndOAuth(c.Request().Context(), web.ActorOf(c), p.Platform, c.QueryParam("state"), browser)
	if err == nil && c.QueryParam("error") != "" {
		err = errRefused
	}
	if err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	if p.API == nil {
		return h.finishOIDC(c, p, begun)
	}
	profile, token, err := h.readProfile(c, p, begun.Session)
	if err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	switch begun.Purpose {
	case accounts.ToConnect:
		return h.attach(c, p, begun, profile, token)
	case accounts.ToConfirm:
		return h.confirmBy(c, p, begun.Next, profile.UserID)
	}
	return h.enter(c, p, begun, profile, token)
}

// enter signs the creator in, who joins if she is new.
func (h *Handlers) enter(c echo.Context, p platforms.Provider, begun accounts.OAuthState, profile creators.PlatformProfile, token creators.PlatformToken) error {
	ctx := c.Request().Context()
	joined, err := h.Creators.SignInWithPlatform(ctx, p.Platform, profile, token, string(i18n.LocaleOf(ctx)))
	if err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	next := begun.Next
	if joined.PersonCreated || joined.ProfileClaimed {
		next = paths.WelcomeTo(next)
	}
	return h.signInAs(c, joined.Actor.PersonID, accounts.SignInMethod(p.Platform), next)
}

// attach adds the account to the creator's profile; one of another profile is
// refused, with what to do about it above her accounts.
func (h *Handlers) attach(c echo.Context, p platforms.Provider, begun accounts.OAuthState, profile creators.PlatformProfile, token creators.PlatformToken) error {
	actor := web.ActorOf(c)
	switch {
	case actor.Suspended:
		return models.Forbidden("web.error.suspended")
	case actor.CreatorID == 0:
		return models.Forbidden("web.error.creators_only")
	}
	err := h.Creators.ConnectAdditionalAccount(c.Request().Context(), actor, p.Platform, profile, token)
	if models.CodeOf(err) == models.CodeConflict {
		return h.ShowConnectedAccounts(c, http.StatusConflict, web.ErrorText(c.Request().Context(), err))
	}
	if err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	h.Flash(c, "creators.connected.done", "platform", h.ProviderName(p.Platform), "handle", profile.Handle)
	return web.SeeOther(c, cmp.Or(begun.Next, paths.ConnectedAccounts()))
}

// confirmBy takes having signed in again as a proof, if it was as herself.
func (h *Handlers) confirmBy(c echo.Context, p platforms.Provider, next, subject string) error {
	own, err := h.Accounts.HasIdentity(c.Request().Context(), web.ActorOf(c), p.Platform, subject)
	if err != nil {
		return err
	}
	if !own {
		return models.Forbidden("accounts.error.way_of_somebody_else", "name", h.ProviderName(p.Platform))
	}
	if err := h.confirmed(c, accounts.SignInMethod(p.Platform)); err != nil {
		return err
	}
	return web.SeeOther(c, web.OrDashboard(next))
}

// platformWithin is how long a platform may take from the code to the figures:
// whoever waits for it sees a page within ten seconds.
const platformWithin = 8 * time.Second

// readProfile exchanges the code and reads the creator's figures.
func (h *Handlers) readProfile(c echo.Context, p platforms.Provider, begun string) (creators.PlatformProfile, creators.PlatformToken, error) {
	session, err := p.OAuth.UnmarshalSession(begun)
	if err != nil {
		return creators.PlatformProfile{}, creators.PlatformToken{}, models.Internal("read the sign-in's session", err)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), platformWithin)
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
