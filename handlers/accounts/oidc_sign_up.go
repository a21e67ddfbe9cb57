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

// newcomerKey is the session's note of somebody whom the provider has named
// and who is not here yet.
const newcomerKey = "oidc_newcomer"

// newcomerWithin is how long she has for the form.
const newcomerWithin = time.Hour

// pending is that note.
type pending struct {
	Identity, Email, Name string
	Until                 time.Time
}

// newcomer keeps who has come, under a new token, and asks for her brand.
func (h *Handlers) newcomer(c echo.Context, u goth.User, next string) error {
	if err := h.newSession(c.Request().Context()); err != nil {
		return err
	}
	note, err := json.Marshal(pending{u.UserID, u.Email, u.Name, h.Clock().Add(newcomerWithin)})
	if err != nil {
		return models.Internal("keep who has come", err)
	}
	h.Sessions.Put(c.Request().Context(), newcomerKey, string(note))
	return web.SeeOther(c, paths.SignUpOIDC(next))
}

// who has come from the provider, if somebody has.
func (h *Handlers) pending(c echo.Context) (pending, bool) {
	var n pending
	err := json.Unmarshal([]byte(h.Sessions.GetString(c.Request().Context(), newcomerKey)), &n)
	return n, err == nil && n.Identity != "" && h.Clock().Before(n.Until)
}

// showSignUpOIDC asks somebody whom the provider has named for her brand; one
// whose verified address is known here signs in as before.
func (h *Handlers) showSignUpOIDC(c echo.Context) error {
	n, ok := h.pending(c)
	next := web.SafeNext(c.QueryParam("next"))
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
		props := accountsview.KnownProps{Provider: h.OIDCName(), Email: n.Email, Next: next}
		return h.Render(c, web.Page{Title: i18n.T(ctx, "accounts.ways.known.title"), Body: accountsview.Known(props)})
	}
	return h.signUpOIDCPage(c, 200, accountsview.SignUpProps{Next: next, Name: n.Name, Email: n.Email})
}

// signUpOIDC makes a brand whose first member signs in with the provider.
func (h *Handlers) signUpOIDC(c echo.Context) error {
	n, ok := h.pending(c)
	var f signUpForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if !ok || h.OIDC == nil {
		return web.SeeOther(c, paths.SignIn(web.SafeNext(f.Next)))
	}
	ctx := c.Request().Context()
	personID, err := h.Accounts.SignUpWithIdentity(ctx, accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: f.Brand, Site: f.Site, Country: f.Country, Sells: f.Sells},
		Name:  f.Name, Email: f.Email, Locale: string(i18n.LocaleOf(ctx)), Zone: f.Zone,
	}, oidc.Name, n.Identity)
	if fields, ok := web.InvalidFields(err); ok {
		return h.signUpOIDCPage(c, 422, accountsview.SignUpProps{Next: web.SafeNext(f.Next), Brand: f.Brand, Site: f.Site, Country: f.Country,
			Sells: f.Sells, Name: f.Name, Email: f.Email, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	return h.signInAs(c, personID, accounts.WayOIDC, web.SafeNext(f.Next))
}

func (h *Handlers) signUpOIDCPage(c echo.Context, status int, p accountsview.SignUpProps) error {
	p.Provider = h.OIDCName()
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.sign_up.title"), Body: accountsview.SignUp(p)})
}
