package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/views/account"
	"tribemarket/views/paths"
)

// browserCookie binds a sign-in that has begun to the browser where it began.
const browserCookie = "signin"

// beginAuth sends a creator to the platform where she signs in.
func (h *Handlers) beginAuth(c echo.Context) error {
	p, ok := h.Providers.Get(c.Param("provider"))
	if !ok {
		return models.NotFound()
	}
	state, browser := models.NewSecret(), models.NewSecret()
	session, err := p.OAuth.BeginAuth(state)
	if err != nil {
		return models.Internal("begin sign-in with "+p.Platform, err)
	}
	address, err := session.GetAuthURL()
	if err != nil {
		return models.Internal("begin sign-in with "+p.Platform, err)
	}
	next := safeNext(c.FormValue("next"))
	if err := h.Accounts.BeginOAuth(c.Request().Context(), actorOf(c), accounts.OAuthStart{Provider: p.Platform, State: state, Browser: browser, Session: session.Marshal(), Next: next, Purpose: accounts.ToSignIn}); err != nil {
		return err
	}
	// Lax is needed: the platform's redirect back is a navigation from another site.
	c.SetCookie(&http.Cookie{Name: h.cookieName(browserCookie), Value: browser, Path: "/", MaxAge: 600, HttpOnly: true, Secure: h.Site.Secure, SameSite: http.SameSiteLaxMode})
	return seeOther(c, address)
}

// finishAuth takes a creator back from the platform: once, in the browser
// where it began, and only with a state that we gave.
func (h *Handlers) finishAuth(c echo.Context) error {
	ctx := c.Request().Context()
	p, ok := h.Providers.Get(c.Param("provider"))
	if !ok {
		return models.NotFound()
	}
	browser := ""
	if ck, err := c.Cookie(h.cookieName(browserCookie)); err == nil {
		browser = ck.Value
	}
	begun, err := h.Accounts.EndOAuth(ctx, actorOf(c), p.Platform, c.QueryParam("state"), browser)
	if err != nil {
		return h.signInProblem(c, p, begun.Next, err)
	}
	if c.QueryParam("error") != "" {
		return h.signInProblem(c, p, begun.Next, errRefused)
	}
	profile, token, err := h.readProfile(c, p, begun.Session)
	if err != nil {
		return h.signInProblem(c, p, begun.Next, err)
	}
	joined, err := h.Creators.Connect(ctx, p.Platform, profile, token, string(i18n.From(ctx)))
	if err != nil {
		return h.signInProblem(c, p, begun.Next, err)
	}
	next := begun.Next
	if joined.New || joined.Claimed {
		next = paths.WelcomeTo(begun.Next)
	}
	return h.signInAs(c, joined.Actor.PersonID, accounts.Way(p.Platform), next)
}

// readProfile exchanges the code and reads the creator's figures.
func (h *Handlers) readProfile(c echo.Context, p platforms.Provider, begun string) (creators.Profile, creators.Token, error) {
	session, err := p.OAuth.UnmarshalSession(begun)
	if err != nil {
		return creators.Profile{}, creators.Token{}, models.Internal("read the sign-in's session", err)
	}
	if _, err := session.Authorize(p.OAuth, c.QueryParams()); err != nil {
		return creators.Profile{}, creators.Token{}, err
	}
	token, ok := platforms.Granted(session)
	if !ok {
		return creators.Profile{}, token, creators.ErrReconnect
	}
	profile, err := p.API.Read(c.Request().Context(), token)
	return profile, token, err
}

// errRefused: the person said no at the platform.
var errRefused error = &models.Error{Code: models.CodeForbidden, Key: "account.refused"}

// signInProblem shows what went wrong at the platform and what to do about it.
func (h *Handlers) signInProblem(c echo.Context, p platforms.Provider, next string, err error) error {
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
	if status == http.StatusServiceUnavailable {
		h.Log.ErrorContext(ctx, "sign-in failed", "platform", p.Platform, "id", requestID(c), "error", err)
	}
	props := account.ProblemProps{Kind: kind, Platform: p.Platform, Next: next}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "account.problem."+kind+".title"), Body: account.Problem(props)})
}

func orDashboard(next string) string {
	if next == "" {
		return paths.Dashboard()
	}
	return next
}
