package accounts

import (
	"slices"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/platforms/oidc"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/paths"
)

// removeSignInMethod removes the OpenID Connect provider from the person's sign-in
// methods.
func (h *Handlers) removeSignInMethod(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	have, err := h.Accounts.SignInMethods(ctx, actor)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(have.Identities, func(i accounts.Identity) bool { return i.Provider == oidc.Name && i.URLKey() == c.Param("way") })
	if n < 0 {
		return models.NotFound()
	}
	if err := h.Accounts.RemoveOwnIdentity(ctx, actor, oidc.Name, have.Identities[n].Subject); err != nil {
		return err
	}
	h.Flash(c, "accounts.ways.removed")
	return web.SeeOther(c, paths.SecuritySettings())
}

// signInMethods is the part "Ways to sign in" of the security page.
func (h *Handlers) signInMethods(c echo.Context) (accountsview.SignInMethodsProps, error) {
	actor := web.ActorOf(c)
	have, err := h.Accounts.SignInMethods(c.Request().Context(), actor)
	if err != nil {
		return accountsview.SignInMethodsProps{}, err
	}
	p := accountsview.SignInMethodsProps{Password: have.Password, Accounts: actor.CreatorID != 0, Address: have.ConfirmedEmail, Provider: h.OIDCName()}
	for _, i := range have.Identities {
		row := accountsview.SignInMethodRow{Name: h.ProviderName(i.Provider), Since: i.CreatedAt}
		if i.Provider == oidc.Name {
			row.Key = i.URLKey()
			if row.Name == "" {
				row.Name = "OpenID Connect"
			}
			left := have
			left.Identities = left.Identities[1:]
			row.Last = !accounts.CanRemoveSignInMethod(left)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}
