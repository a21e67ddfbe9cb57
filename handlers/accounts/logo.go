package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/files"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/paths"
)

type logoForm struct {
	Rights string `form:"rights"`
}

// showLogo shows the logo of the actor's brand, to be changed.
func (h *Handlers) showLogo(c echo.Context) error { return h.renderLogo(c, 200, nil) }

// saveLogo shows another logo. The brand's name is its description.
func (h *Handlers) saveLogo(c echo.Context) error {
	var f logoForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	b, err := h.Accounts.EditableBrand(c.Request().Context(), web.ActorOf(c))
	if err != nil {
		return err
	}
	err = h.AddPicture(c, files.Logo, f.Rights, b.Name)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderLogo(c, 422, fields)
	}
	return h.redirectToLogo(c, err, "accounts.logo.added")
}

// removeLogo removes the logo.
func (h *Handlers) removeLogo(c echo.Context) error {
	return h.redirectToLogo(c, h.Files.RemoveLogo(c.Request().Context(), web.ActorOf(c)), "accounts.logo.removed")
}

func (h *Handlers) redirectToLogo(c echo.Context, err error, done string) error {
	if err != nil {
		return err
	}
	h.Flash(c, done)
	return web.SeeOther(c, paths.LogoSettings())
}

func (h *Handlers) renderLogo(c echo.Context, status int, wrong models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	b, err := h.Accounts.OwnBrand(ctx, actor)
	if err != nil {
		return err
	}
	logo, err := h.Files.BrandLogo(ctx, b.ID)
	if err != nil {
		return err
	}
	p := accountsview.LogoProps{PublicID: b.PublicID, Name: b.Name, Logo: logo, ReadOnly: !accounts.CanEditBrand(actor, b.ID), Role: actor.Role, Errors: wrong}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.logo.title"), Body: accountsview.Logo(p)})
}
