package handlers

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/views/account"
	"tribemarket/views/paths"
)

// browserCookie binds a sign-in that has begun to the browser where it began.
const browserCookie = "signin"

// provider is the platform or OpenID Connect provider of the address; the
// latter has no API, since it gives no figures.
func (h *Handlers) provider(c echo.Context) (platforms.Provider, error) {
	name := c.Param("provider")
	if name == oidc.Name && h.OIDC != nil {
		return platforms.Provider{Platform: oidc.Name, OAuth: h.OIDC}, nil
	}
	p, ok := h.Providers.Get(name)
	if !ok {
		return p, models.NotFound()
	}
	return p, nil
}

type authForm struct {
	Next    string `form:"next"`
	Purpose string `form:"purpose"` // "", connect or confirm
}

// beginAuth sends somebody to the platform or provider: to sign in, to add it
// to what she signs in with, or to show that it is still her.
func (h *Handlers) beginAuth(c echo.Context) error {
	p, err := h.provider(c)
	if err != nil {
		return err
	}
	var f authForm
	if err := read(c, &f); err != nil {
		return err
	}
	purpose, next := accounts.ToSignIn, safeNext(f.Next)
	switch f.Purpose {
	case string(accounts.ToConfirm):
		purpose = accounts.ToConfirm
	case string(accounts.ToConnect):
		if purpose = accounts.ToConnect; actorOf(c).SignedIn() && !h.isRecent(c) {
			return seeOther(c, paths.ConfirmIdentity(h.back(c.Request())))
		}
	}
	if actor := actorOf(c); purpose == accounts.ToConnect && p.API != nil && actor.SignedIn() && actor.CreatorID == 0 {
		return models.Forbidden("error.creators_only")
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
	err = h.Accounts.BeginOAuth(c.Request().Context(), actorOf(c), accounts.OAuthStart{
		Provider: p.Platform, State: state, Browser: browser, Session: session.Marshal(), Next: next, Purpose: purpose,
	})
	if err != nil {
		return err
	}
	// Lax is needed: the platform's redirect back is a navigation from another site.
	c.SetCookie(&http.Cookie{Name: h.cookieName(browserCookie), Value: browser, Path: "/", MaxAge: 600, HttpOnly: true, Secure: h.Site.Secure, SameSite: http.SameSiteLaxMode})
	return seeOther(c, address)
}

// finishAuth takes somebody back: once, in the browser where it began, and
// only with a state that we gave.
func (h *Handlers) finishAuth(c echo.Context) error {
	p, err := h.provider(c)
	if err != nil {
		return err
	}
	browser := ""
	if ck, err := c.Cookie(h.cookieName(browserCookie)); err == nil {
		browser = ck.Value
	}
	begun, err := h.Accounts.EndOAuth(c.Request().Context(), actorOf(c), p.Platform, c.QueryParam("state"), browser)
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
func (h *Handlers) enter(c echo.Context, p platforms.Provider, begun accounts.OAuthState, profile creators.Profile, token creators.Token) error {
	ctx := c.Request().Context()
	joined, err := h.Creators.Connect(ctx, p.Platform, profile, token, string(i18n.From(ctx)))
	if err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	next := begun.Next
	if joined.New || joined.Claimed {
		next = paths.WelcomeTo(next)
	}
	return h.signInAs(c, joined.Actor.PersonID, accounts.Way(p.Platform), next)
}

// attach adds the account to the creator's profile; one of another profile is
// refused, with what to do about it above her accounts.
func (h *Handlers) attach(c echo.Context, p platforms.Provider, begun accounts.OAuthState, profile creators.Profile, token creators.Token) error {
	actor := actorOf(c)
	switch {
	case actor.Suspended:
		return models.Forbidden("error.suspended")
	case actor.CreatorID == 0:
		return models.Forbidden("error.creators_only")
	}
	err := h.Creators.Attach(c.Request().Context(), actor, p.Platform, profile, token)
	if models.CodeOf(err) == models.CodeConflict {
		return h.connectedPage(c, http.StatusConflict, textOf(c.Request().Context(), err))
	}
	if err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	h.say(c, "connected.done", "platform", h.providerName(p.Platform), "handle", profile.Handle)
	return seeOther(c, cmp.Or(begun.Next, paths.ConnectedAccounts()))
}

// confirmBy takes having signed in again as a proof, if it was as herself.
func (h *Handlers) confirmBy(c echo.Context, p platforms.Provider, next, subject string) error {
	own, err := h.Accounts.IsWay(c.Request().Context(), actorOf(c), p.Platform, subject)
	if err != nil {
		return err
	}
	if !own {
		return models.Forbidden("ways.error.somebody_else", "name", h.providerName(p.Platform))
	}
	if err := h.confirmed(c, accounts.Way(p.Platform)); err != nil {
		return err
	}
	return seeOther(c, orDashboard(next))
}

// platformWithin is how long a platform may take from the code to the figures:
// whoever waits for it sees a page within ten seconds.
const platformWithin = 8 * time.Second

// readProfile exchanges the code and reads the creator's figures.
func (h *Handlers) readProfile(c echo.Context, p platforms.Provider, begun string) (creators.Profile, creators.Token, error) {
	session, err := p.OAuth.UnmarshalSession(begun)
	if err != nil {
		return creators.Profile{}, creators.Token{}, models.Internal("read the sign-in's session", err)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), platformWithin)
	defer cancel()
	if err := platforms.Authorize(ctx, p, session, c.QueryParams()); err != nil {
		return creators.Profile{}, creators.Token{}, err
	}
	token, ok := platforms.Granted(session)
	if !ok {
		return creators.Profile{}, token, creators.ErrReconnect
	}
	profile, err := p.API.Read(ctx, token)
	return profile, token, err
}

// errRefused: the person said no at the platform.
var errRefused error = &models.Error{Code: models.CodeForbidden, Key: "account.refused"}

// refusedTo is the problem of somebody signed in who said no, by what she was to do.
var refusedTo = map[accounts.Purpose]string{accounts.ToConnect: "not_connected", accounts.ToConfirm: "not_confirmed"}

// signInProblem shows what went wrong at the platform and what to do about it.
func (h *Handlers) signInProblem(c echo.Context, p platforms.Provider, begun accounts.OAuthState, err error) error {
	ctx := c.Request().Context()
	kind, status := "busy", http.StatusServiceUnavailable
	switch {
	case errors.Is(err, errRefused):
		kind, status = "refused", http.StatusForbidden
	case errors.Is(err, creators.ErrScope):
		kind, status = "scope", http.StatusForbidden
	case errors.Is(err, creators.ErrNoAccount):
		kind, status = "no_account", http.StatusForbidden
	case errors.Is(err, creators.ErrHidden):
		kind, status = "hidden", http.StatusForbidden
	case errors.Is(err, creators.ErrPersonal):
		kind, status = "personal", http.StatusForbidden
	case errors.Is(err, creators.ErrReconnect):
		kind, status = "again", http.StatusBadRequest
	case errors.Is(err, creators.ErrSetup):
		kind, status = "setup", http.StatusServiceUnavailable
	case errors.Is(err, creators.ErrBusy):
	case models.CodeOf(err) == models.CodeInvalid:
		kind, status = "state", http.StatusBadRequest
	default:
		return err
	}
	if says, ok := refusedTo[begun.Purpose]; ok && kind == "refused" {
		kind = says
	}
	if status == http.StatusServiceUnavailable {
		h.Log.ErrorContext(ctx, "sign-in failed", "platform", p.Platform, "id", requestID(c), "error", err)
	}
	props := account.ProblemProps{Kind: kind, Platform: p.Platform, Name: h.providerName(p.Platform), Next: begun.Next}
	if _, signedIn := refusedTo[begun.Purpose]; signedIn {
		props.Purpose = string(begun.Purpose)
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "account.problem."+kind+".title"), Body: account.Problem(props)})
}

func orDashboard(next string) string {
	if next == "" {
		return paths.Dashboard()
	}
	return next
}
