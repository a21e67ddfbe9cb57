package contracts

import (
	"cmp"
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	contractsview "tribemarket/views/contracts"
	"tribemarket/views/paths"
)

type identityForm struct {
	LegalName    string `form:"legal_name"`
	Address      string `form:"address"`
	Email        string `form:"email"`
	Country      string `form:"country"`
	Registration string `form:"registration"`
	VAT          string `form:"vat"`
}

// showIdentity shows who the brand or the creator is in contracts.
func (h *Handlers) showIdentity(c echo.Context) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	i, err := h.Contracts.OwnIdentity(ctx, v.Actor)
	known := i.IsComplete()
	if err == nil && !known {
		i, err = h.suggestIdentity(ctx, v)
	}
	if err != nil {
		return err
	}
	return h.renderIdentity(c, 200, contractsview.ShownIdentity{Identity: i, Known: known})
}

// suggestIdentity is what is known already: nothing of it is saved before the person does.
func (h *Handlers) suggestIdentity(ctx context.Context, v web.Visitor) (i contracts.Identity, err error) {
	if v.Session.Person.Email != nil {
		i.Email = *v.Session.Person.Email
	}
	if v.Actor.Side() != models.SideBrand {
		return i, nil
	}
	b, err := h.Accounts.OwnBrand(ctx, v.Actor)
	i.LegalName, i.PostalAddress, i.TaxCountry, i.VAT = b.LegalName, b.PostalAddress, cmp.Or(b.LegalCountry, b.Country), b.VATNumber
	return i, err
}

// saveIdentity saves it.
func (h *Handlers) saveIdentity(c echo.Context) error {
	var f identityForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if err := web.CheckActsAs(c); err != nil {
		return err
	}
	i := contracts.Identity{LegalName: f.LegalName, PostalAddress: f.Address, Email: f.Email, TaxCountry: f.Country, Registration: f.Registration, VAT: f.VAT}
	ctx, a := c.Request().Context(), web.ActorOf(c)
	err := h.Contracts.SaveIdentity(ctx, a, i)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderIdentity(c, 422, contractsview.ShownIdentity{Identity: i, Known: true, Wrong: fields})
	}
	var use contracts.IdentityUse
	if err == nil {
		use, err = h.Contracts.OwnIdentityUse(ctx, a)
	}
	if err != nil {
		return err
	}
	h.Flash(c, contractsview.SavedKey(use))
	return web.SeeOther(c, paths.ContractIdentity())
}

func (h *Handlers) renderIdentity(c echo.Context, status int, s contractsview.ShownIdentity) (err error) {
	ctx := c.Request().Context()
	if s.Use, err = h.Contracts.OwnIdentityUse(ctx, web.ActorOf(c)); err != nil {
		return err
	}
	p := contractsview.PresentIdentity(ctx, web.ActorOf(c), s)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "contracts.identity.title"), Body: contractsview.Identity(p)})
}
