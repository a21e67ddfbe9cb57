package accounts

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/platforms"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// signInCookie ties sign-ins to the browser in which they began: those of all its tabs,
// each of which has a state of its own.
const signInCookie = "signin"

type oauthForm struct {
	Next    string `form:"next"`
	Purpose string `form:"purpose"` // "", connect or confirm
}

// purpose is why the browser is redirected to a provider: to sign in, unless the form
// says otherwise.
func (f oauthForm) purpose() accounts.OAuthPurpose {
	switch p := accounts.OAuthPurpose(f.Purpose); p {
	case accounts.ToConfirm, accounts.ToConnect:
		return p
	}
	return accounts.ToSignIn
}

// beginOAuth redirects the browser to the platform or provider: to sign in, to connect an
// account, or to prove that it is still the same person.
func (h *Handlers) beginOAuth(c echo.Context) error {
	p, err := h.Provider(c)
	if err != nil {
		return err
	}
	var f oauthForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if actor := web.ActorOf(c); f.purpose() == accounts.ToConnect && actor.SignedIn() {
		if !h.IsReauthenticationFresh(c) {
			return web.SeeOther(c, paths.ConfirmIdentity(h.ReturnPath(c.Request())))
		}
		if p.API != nil && actor.CreatorID == 0 {
			return models.Forbidden("web.error.creators_only")
		}
	}
	return h.sendToProvider(c, p, f.purpose(), web.PathAfterSignIn(f.Next))
}

// signInBrowser is the browser's secret, a new one for a browser that has none.
func (h *Handlers) signInBrowser(c echo.Context) string {
	if ck, err := c.Cookie(h.CookieName(signInCookie)); err == nil && ck.Value != "" {
		return ck.Value
	}
	return models.NewSecret()
}

// sendToProvider stores the purpose and redirects the browser.
func (h *Handlers) sendToProvider(c echo.Context, p platforms.Provider, purpose accounts.OAuthPurpose, next string) error {
	state, browser := models.NewSecret(), h.signInBrowser(c)
	session, err := p.OAuth.BeginAuth(state)
	if err != nil {
		return h.renderSignInProblem(c, p, accounts.OAuthState{Next: next, Purpose: purpose}, err)
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
	c.SetCookie(&http.Cookie{Name: h.CookieName(signInCookie), Value: browser, Path: "/", MaxAge: 600, HttpOnly: true, Secure: h.Site.Secure, SameSite: http.SameSiteLaxMode})
	return web.SeeOther(c, address)
}
