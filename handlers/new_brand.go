package handlers

import (
	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// showNewBrand asks somebody signed in for one more brand.
func (h *Handlers) showNewBrand(c echo.Context) error {
	return h.newBrandPage(c, 200, account.NewBrandProps{})
}

// foundBrand makes it, and lets her act for it.
func (h *Handlers) foundBrand(c echo.Context) error {
	var f brandForm
	if err := read(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	b, err := h.Accounts.FoundBrand(ctx, actorOf(c), accounts.BrandForm{Name: f.Name, Site: f.Site, Country: f.Country, Sells: f.Sells, Kind: accounts.BrandKind(f.Kind)})
	if fields, ok := invalid(err); ok {
		return h.newBrandPage(c, 422, account.NewBrandProps{Name: f.Name, Site: f.Site, Country: f.Country, Sells: f.Sells, Kind: f.Kind, Errors: texts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.Sessions.Put(ctx, actingKey, b.PublicID)
	h.say(c, "members.found.done", "brand", b.Name)
	return seeOther(c, paths.Dashboard())
}

func (h *Handlers) newBrandPage(c echo.Context, status int, p account.NewBrandProps) error {
	return h.render(c, view{Status: status, Title: i18n.T(c.Request().Context(), "members.found.title"), Body: account.NewBrand(p)})
}

// nobodysDashboard is for somebody who is in no brand, and no creator.
func (h *Handlers) nobodysDashboard(c echo.Context) error {
	ctx := c.Request().Context()
	return h.render(c, view{Title: i18n.T(ctx, "frame.home"), Nav: layouts.NavHome, Body: account.Nobody()})
}
