package accounts

import (
	"encoding/json"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/markbates/goth"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// pendingSignUpKey is the session key of a pendingSignUp.
const pendingSignUpKey = "oidc_newcomer"

// pendingSignUpLifetime is how long a person has for the form.
const pendingSignUpLifetime = time.Hour

// pendingSignUp is a person whom the provider has identified and who has no account yet.
type pendingSignUp struct {
	Identity, Email, Name string
	Until                 time.Time
}

// beginOIDCSignUp stores the identified person in the session, under a new token, and
// asks for their brand.
func (h *Handlers) beginOIDCSignUp(c echo.Context, u goth.User, next string) error {
	if err := h.resetSession(c.Request().Context()); err != nil {
		return err
	}
	note, err := json.Marshal(pendingSignUp{u.UserID, u.Email, u.Name, h.Clock().Add(pendingSignUpLifetime)})
	if err != nil {
		return models.Internal("store the pending sign-up", err)
	}
	h.Sessions.Put(c.Request().Context(), pendingSignUpKey, string(note))
	return web.SeeOther(c, paths.SignUpOIDC(next))
}

// findPendingSignUp finds the person whom the provider has identified in this session.
func (h *Handlers) findPendingSignUp(c echo.Context) (pendingSignUp, bool) {
	var n pendingSignUp
	err := json.Unmarshal([]byte(h.Sessions.GetString(c.Request().Context(), pendingSignUpKey)), &n)
	return n, err == nil && n.Identity != "" && h.Clock().Before(n.Until)
}

// showOIDCSignUp asks a person identified by the provider for their brand. A person whose
// verified e-mail address already has an account is told to sign in as before.
func (h *Handlers) showOIDCSignUp(c echo.Context) error {
	n, ok := h.findPendingSignUp(c)
	next := web.PathAfterSignIn(c.QueryParam("next"))
	if !ok || h.OIDC == nil {
		return web.SeeOther(c, paths.SignIn(next))
	}
	ctx := c.Request().Context()
	known := false
	if n.Email != "" {
		var err error
		if known, err = h.Accounts.IsEmailRegistered(ctx, n.Email); err != nil {
			return err
		}
	}
	if known {
		props := accountsview.KnownEmailProps{Provider: h.OIDCName(), Email: n.Email, Next: next}
		return h.Render(c, web.Page{Title: i18n.T(ctx, "accounts.ways.known.title"), Body: accountsview.KnownEmail(props)})
	}
	return h.renderOIDCSignUp(c, 200, accountsview.SignUpProps{Next: next, Name: n.Name, Email: n.Email})
}

// signUpWithOIDC creates a brand whose first member signs in with the
// provider.
func (h *Handlers) signUpWithOIDC(c echo.Context) error {
	n, ok := h.findPendingSignUp(c)
	var f signUpForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if !ok || h.OIDC == nil {
		return web.SeeOther(c, paths.SignIn(web.PathAfterSignIn(f.Next)))
	}
	ctx := c.Request().Context()
	personID, err := h.Accounts.SignUpWithIdentity(ctx, accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: f.Brand, Site: f.Site, Country: f.Country, Sells: f.Sells},
		Name:  f.Name, Email: f.Email, Locale: string(i18n.LocaleOf(ctx)), Zone: f.Zone,
	}, oidc.Name, n.Identity)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderOIDCSignUp(c, 422, accountsview.SignUpProps{Next: web.PathAfterSignIn(f.Next), Brand: f.Brand, Site: f.Site, Country: f.Country,
			Sells: f.Sells, Name: f.Name, Email: f.Email, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	return h.signInPerson(c, personID, accounts.WayOIDC, web.PathAfterSignIn(f.Next))
}

func (h *Handlers) renderOIDCSignUp(c echo.Context, status int, p accountsview.SignUpProps) error {
	p.Provider = h.OIDCName()
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.sign_up.title"), Body: accountsview.SignUp(p)})
}
