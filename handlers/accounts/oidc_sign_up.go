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
	id := models.NewPublicID()
	if err := h.addAttempt(c.Request().Context(), attempt{attemptSignUp, id, string(note)}); err != nil {
		return err
	}
	return web.SeeOther(c, paths.SignUpOIDC(id, next))
}

// findPendingSignUp finds the person whom the provider has identified in one of this
// browser's attempts.
func (h *Handlers) findPendingSignUp(c echo.Context, id string) (pendingSignUp, bool) {
	var n pendingSignUp
	err := json.Unmarshal([]byte(h.findAttempt(c.Request().Context(), attemptSignUp, id)), &n)
	return n, err == nil && n.Identity != "" && h.Clock().Before(n.Until)
}

// showOIDCSignUp asks a person identified by the provider for their brand. A person whose
// verified e-mail address already has an account is told to sign in as before.
func (h *Handlers) showOIDCSignUp(c echo.Context) error {
	id := c.QueryParam("attempt")
	n, ok := h.findPendingSignUp(c, id)
	next := web.PathAfterSignIn(c.QueryParam("next"))
	if !ok || h.OIDC == nil {
		return h.redirectWithoutSignUp(c, next)
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
	return h.renderOIDCSignUp(c, 200, accountsview.SignUpProps{Attempt: id, Next: next, Name: n.Name, Email: n.Email})
}

// redirectWithoutSignUp leads on where no sign-up is waiting: it took too long, or another
// tab has finished it.
func (h *Handlers) redirectWithoutSignUp(c echo.Context, next string) error {
	if web.ActorOf(c).SignedIn() {
		return h.redirectAlreadySignedIn(c)
	}
	return web.SeeOther(c, paths.SignIn(next))
}

// signUpWithOIDC creates a brand whose first member signs in with the
// provider.
func (h *Handlers) signUpWithOIDC(c echo.Context) error {
	var f signUpForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	n, ok := h.findPendingSignUp(c, f.Attempt)
	if !ok || h.OIDC == nil {
		return h.redirectWithoutSignUp(c, web.PathAfterSignIn(f.Next))
	}
	ctx := c.Request().Context()
	if id, known, err := h.Accounts.PersonIDByIdentity(ctx, oidc.Name, n.Identity); err != nil {
		return err
	} else if known && id == web.ActorOf(c).PersonID { // another tab has signed them up
		return h.redirectAlreadySignedIn(c)
	}
	personID, err := h.Accounts.SignUpWithIdentity(ctx, accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: f.Brand, Site: f.Site, Country: f.Country, Sells: f.Sells},
		Name:  f.Name, Email: f.Email, Locale: string(i18n.LocaleOf(ctx)), Zone: f.Zone,
	}, oidc.Name, n.Identity)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderOIDCSignUp(c, 422, accountsview.SignUpProps{Attempt: f.Attempt, Next: web.PathAfterSignIn(f.Next), Brand: f.Brand, Site: f.Site, Country: f.Country,
			Sells: f.Sells, Name: f.Name, Email: f.Email, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	if err := h.removeAttempt(ctx, h.findAttempt(ctx, attemptSignUp, f.Attempt)); err != nil {
		return err
	}
	return h.signInPerson(c, personID, accounts.WayOIDC, web.PathAfterSignIn(f.Next))
}

func (h *Handlers) renderOIDCSignUp(c echo.Context, status int, p accountsview.SignUpProps) error {
	p.Provider = h.OIDCName()
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.sign_up.title"), Body: accountsview.SignUp(p)})
}
