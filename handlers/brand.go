package handlers

import (
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
	"tribemarket/views/paths"
)

type brandForm struct {
	Name    string `form:"name"`
	Site    string `form:"site"`
	Country string `form:"country"`
	Sells   string `form:"sells"`
}

// showBrand is what creators see of a brand.
func (h *Handlers) showBrand(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	b, err := h.Accounts.Brand(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	props := account.BrandProps{Name: b.Name, Site: b.Site, Country: b.Country, Sells: b.Sells, Since: b.CreatedAt,
		Own: accounts.CanEditBrand(actor, b.ID)}
	return h.render(c, view{Title: b.Name, Body: account.Brand(props)})
}

// showBrandSettings shows what a brand may change about itself.
func (h *Handlers) showBrandSettings(c echo.Context) error {
	b, err := h.Accounts.OwnBrand(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	return h.brandPage(c, 200, account.BrandFormProps{PublicID: b.PublicID, Name: b.Name, Site: b.Site, Country: b.Country, Sells: b.Sells})
}

// saveBrand keeps it.
func (h *Handlers) saveBrand(c echo.Context) error {
	var f brandForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Accounts.UpdateBrand(ctx, actorOf(c), accounts.BrandForm{Name: f.Name, Site: f.Site, Country: f.Country, Sells: f.Sells})
	if fields, ok := invalid(err); ok {
		return h.brandPage(c, 422, account.BrandFormProps{PublicID: visitorOf(c).Session.Brand.PublicID, Name: f.Name, Site: f.Site,
			Country: f.Country, Sells: f.Sells, Errors: texts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.say(c, "account.settings.saved")
	return seeOther(c, paths.BrandSettings())
}

func (h *Handlers) brandPage(c echo.Context, status int, p account.BrandFormProps) error {
	return h.render(c, view{Status: status, Title: i18n.T(c.Request().Context(), "account.brand.title"), Body: account.BrandForm(p)})
}
