package handlers

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/markbates/goth"

	"tribemarket/internal/i18n"
	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// providerName is a platform's or the provider's name for people.
func (h *Handlers) providerName(name string) string {
	if name == oidc.Name {
		return h.oidcName()
	}
	return components.Platform(name)
}

// oidcName is the provider's name on buttons, "" where there is none.
func (h *Handlers) oidcName() string {
	if h.OIDC == nil {
		return ""
	}
	return h.OIDC.Label()
}

// finishOIDC takes somebody back from the OpenID Connect provider. Who she is
// stands in issuer and subject alone: an address never leads to an account.
func (h *Handlers) finishOIDC(c echo.Context, p platforms.Provider, begun accounts.OAuthState) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	session, err := p.OAuth.UnmarshalSession(begun.Session)
	if err != nil {
		return models.Internal("read the sign-in's session", err)
	}
	if _, err := session.Authorize(p.OAuth, c.QueryParams()); err != nil {
		return h.signInProblem(c, p, begun, err)
	}
	identity := session.(*oidc.Session).Identity()
	switch begun.Purpose {
	case accounts.ToConnect:
		if err := h.Accounts.AddWay(ctx, actor, p.Platform, identity); err != nil {
			return err
		}
		h.say(c, "ways.connected", "name", h.oidcName())
		return seeOther(c, orSecurity(begun.Next))
	case accounts.ToConfirm:
		return h.confirmBy(c, p, begun.Next, identity)
	}
	id, known, err := h.Accounts.ByIdentity(ctx, p.Platform, identity)
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
	return seeOther(c, paths.SignUpOIDC(next))
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
	next := safeNext(c.QueryParam("next"))
	if !ok || h.OIDC == nil {
		return seeOther(c, paths.SignIn(next))
	}
	ctx := c.Request().Context()
	known := false
	if n.Email != "" {
		var err error
		if known, err = h.Accounts.KnowsAddress(ctx, n.Email); err != nil {
			return err
		}
	}
	if known {
		props := account.KnownProps{Provider: h.oidcName(), Email: n.Email, Next: next}
		return h.render(c, view{Title: i18n.T(ctx, "ways.known.title"), Body: account.Known(props)})
	}
	return h.signUpOIDCPage(c, 200, account.SignUpProps{Next: next, Name: n.Name, Email: n.Email})
}

// signUpOIDC makes a brand whose first member signs in with the provider.
func (h *Handlers) signUpOIDC(c echo.Context) error {
	n, ok := h.pending(c)
	var f signUpForm
	if err := read(c, &f); err != nil {
		return err
	}
	if !ok || h.OIDC == nil {
		return seeOther(c, paths.SignIn(safeNext(f.Next)))
	}
	ctx := c.Request().Context()
	personID, err := h.Accounts.SignUpWith(ctx, accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: f.Brand, Site: f.Site, Country: f.Country, Sells: f.Sells},
		Name:  f.Name, Email: f.Email, Locale: string(i18n.From(ctx)), Zone: f.Zone,
	}, oidc.Name, n.Identity)
	if fields, ok := invalid(err); ok {
		return h.signUpOIDCPage(c, 422, account.SignUpProps{Next: safeNext(f.Next), Brand: f.Brand, Site: f.Site, Country: f.Country,
			Sells: f.Sells, Name: f.Name, Email: f.Email, Errors: texts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	return h.signInAs(c, personID, accounts.WayOIDC, safeNext(f.Next))
}

func (h *Handlers) signUpOIDCPage(c echo.Context, status int, p account.SignUpProps) error {
	p.Provider = h.oidcName()
	return h.render(c, view{Status: status, Title: i18n.T(c.Request().Context(), "account.sign_up.title"), Body: account.SignUp(p)})
}

// removeWay takes the OpenID Connect provider away as a way to sign in.
func (h *Handlers) removeWay(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	have, err := h.Accounts.Ways(ctx, actor)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(have.Identities, func(i accounts.Identity) bool { return i.Provider == oidc.Name && i.Key() == c.Param("way") })
	if n < 0 {
		return models.NotFound()
	}
	if err := h.Accounts.RemoveWay(ctx, actor, oidc.Name, have.Identities[n].Subject); err != nil {
		return err
	}
	h.say(c, "ways.removed")
	return seeOther(c, paths.Security())
}

// ways is the block "Ways to sign in" of the page on security.
func (h *Handlers) ways(c echo.Context) (account.WaysProps, error) {
	actor := actorOf(c)
	have, err := h.Accounts.Ways(c.Request().Context(), actor)
	if err != nil {
		return account.WaysProps{}, err
	}
	p := account.WaysProps{Password: have.Password, Accounts: actor.CreatorID != 0, Address: have.ConfirmedEmail, Provider: h.oidcName()}
	for _, i := range have.Identities {
		row := account.WayRow{Name: h.providerName(i.Provider), Since: i.CreatedAt}
		if i.Provider == oidc.Name {
			row.Key = i.Key()
			if row.Name == "" {
				row.Name = "OpenID Connect"
			}
			left := have
			left.Identities = left.Identities[1:]
			row.Last = !accounts.CanRemoveWay(left)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

func orSecurity(next string) string {
	if next == "" {
		return paths.Security()
	}
	return next
}
