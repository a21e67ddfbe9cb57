package accounts

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type businessForm struct {
	LegalName string `form:"legal_name"`
	Country   string `form:"country"`
	Address   string `form:"address"`
	VAT       string `form:"vat"`
}

// showBusiness shows the firm behind the brand.
func (h *Handlers) showBusiness(c echo.Context) error {
	b, err := h.Accounts.OwnBrand(c.Request().Context(), web.ActorOf(c))
	if err != nil {
		return err
	}
	return h.renderBusiness(c, 200, businessForm{b.LegalName, cmp.Or(b.LegalCountry, b.Country), b.PostalAddress, b.VATNumber}, nil)
}

// saveBusiness saves the details of the business.
func (h *Handlers) saveBusiness(c echo.Context) error {
	var f businessForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Accounts.UpdateBusiness(c.Request().Context(), web.ActorOf(c), accounts.BusinessForm{LegalName: f.LegalName, Country: f.Country, Address: f.Address, VAT: f.VAT})
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderBusiness(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.business.saved")
	return web.SeeOther(c, paths.BusinessSettings())
}

func (h *Handlers) renderBusiness(c echo.Context, status int, f businessForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	p := accountsview.BusinessProps{Brand: v.Name(), LegalName: f.LegalName, Country: f.Country, Address: f.Address, VAT: f.VAT,
		MayEdit: accounts.CanEditBusiness(v.Actor, v.Actor.BrandID), Errors: components.FieldTexts(ctx, wrong)}
	if f.Country != "" {
		p.CountryName = i18n.Country(ctx, f.Country)
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.business.tab"), Body: accountsview.Business(p)})
}
