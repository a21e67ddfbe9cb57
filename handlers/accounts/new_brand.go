package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// showNewBrand asks a signed-in person for another brand.
func (h *Handlers) showNewBrand(c echo.Context) error {
	return h.renderNewBrand(c, 200, accountsview.NewBrandProps{})
}

// foundBrand creates the brand, and lets the person act for it.
func (h *Handlers) foundBrand(c echo.Context) error {
	var f brandForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	b, err := h.Accounts.FoundBrand(ctx, web.ActorOf(c), accounts.BrandForm{Name: f.Name, Site: f.Site, Country: f.Country, Sells: f.Sells, Kind: accounts.BrandKind(f.Kind)})
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderNewBrand(c, 422, accountsview.NewBrandProps{Name: f.Name, Site: f.Site, Country: f.Country, Sells: f.Sells, Kind: f.Kind, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.ActAs(c, b.PublicID)
	h.Flash(c, "accounts.found.done", "brand", b.Name)
	return web.SeeOther(c, paths.Dashboard())
}

func (h *Handlers) renderNewBrand(c echo.Context, status int, p accountsview.NewBrandProps) error {
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.found.title"), Body: accountsview.NewBrand(p)})
}
