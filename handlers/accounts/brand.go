package accounts

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

type brandForm struct {
	Name    string `form:"name"`
	Site    string `form:"site"`
	Country string `form:"country"`
	Sells   string `form:"sells"`
	Kind    string `form:"kind"`
}

// showBrand shows what creators see of a brand.
func (h *Handlers) showBrand(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	b, err := h.Accounts.BrandByPublicID(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	blocked, err := h.Moderation.HasBlocked(ctx, actor, b.ID)
	if err != nil {
		return err
	}
	d, err := h.Accounts.DomainOfBrand(ctx, b.ID)
	if err != nil {
		return err
	}
	logos, err := h.Files.LogosOf(ctx, b.ID)
	if err != nil {
		return err
	}
	p := accountsview.PresentBrand(ctx, actor, b, logos[b.ID], d, web.VisitorOf(c).Name())
	p.Moderate = moderationview.ModerationActions(actor, moderation.Brand, b.PublicID, b.ID, blocked)
	if negotiation.CanPitch(actor) {
		if err := h.addPitch(ctx, actor, b, &p); err != nil {
			return err
		}
	}
	return h.Render(c, web.Page{Title: b.Name, Body: accountsview.Brand(p)})
}

// addPitch shows a creator whether the brand's door is open to them.
func (h *Handlers) addPitch(ctx context.Context, actor models.Actor, b accounts.Brand, p *accountsview.BrandProps) error {
	obstacles, err := h.Negotiations.ObstaclesAt(ctx, actor, b.PublicID)
	if err != nil {
		return err
	}
	p.Pitch, p.PitchNote = negotiationview.PresentDoorOn(ctx, b.PublicID, obstacles)
	return nil
}

// showBrandSettings shows what a brand may change about itself.
func (h *Handlers) showBrandSettings(c echo.Context) error {
	b, err := h.Accounts.OwnBrand(c.Request().Context(), web.ActorOf(c))
	if err != nil {
		return err
	}
	return h.renderBrandSettings(c, 200, accountsview.BrandFormProps{PublicID: b.PublicID, Name: b.Name, Site: b.Site, Country: b.Country, Sells: b.Sells, Kind: string(b.Kind)})
}

// saveBrand saves what the brand changed.
func (h *Handlers) saveBrand(c echo.Context) error {
	var f brandForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Accounts.UpdateBrand(ctx, web.ActorOf(c), accounts.BrandForm{Name: f.Name, Site: f.Site, Country: f.Country, Sells: f.Sells, Kind: accounts.BrandKind(f.Kind)})
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderBrandSettings(c, 422, accountsview.BrandFormProps{PublicID: web.VisitorOf(c).Session.Brand.PublicID, Name: f.Name, Site: f.Site,
			Country: f.Country, Sells: f.Sells, Kind: f.Kind, Errors: components.FieldTexts(ctx, fields)})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.settings.saved")
	return web.SeeOther(c, paths.BrandSettings())
}

func (h *Handlers) renderBrandSettings(c echo.Context, status int, p accountsview.BrandFormProps) error {
	actor := web.ActorOf(c)
	p.ReadOnly, p.Role = !accounts.CanEditBrand(actor, actor.BrandID), actor.Role
	return h.Render(c, web.Page{Status: status, Title: i18n.T(c.Request().Context(), "accounts.brand.title"), Body: accountsview.BrandForm(p)})
}
