package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/paths"
)

type domainForm struct {
	Domain string `form:"domain"`
}

// showDomain shows how far a brand has got with proving that it owns a domain.
func (h *Handlers) showDomain(c echo.Context) error {
	return h.renderDomain(c, 200, domainForm{}, nil)
}

// nameDomain creates the code that proves a domain.
func (h *Handlers) nameDomain(c echo.Context) error {
	var f domainForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Accounts.ClaimDomain(c.Request().Context(), web.ActorOf(c), f.Domain)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderDomain(c, 422, f, fields)
	}
	return h.redirectToDomain(c, err, "accounts.domain.asked")
}

// checkDomain starts a check for the code.
func (h *Handlers) checkDomain(c echo.Context) error {
	return h.redirectToDomain(c, h.Accounts.RequestDomainCheck(c.Request().Context(), web.ActorOf(c)), "accounts.domain.checking")
}

// removeDomain removes the domain and its mark.
func (h *Handlers) removeDomain(c echo.Context) error {
	return h.redirectToDomain(c, h.Accounts.RemoveDomain(c.Request().Context(), web.ActorOf(c)), "accounts.domain.removed")
}

func (h *Handlers) redirectToDomain(c echo.Context, err error, key string) error {
	if err != nil {
		return err
	}
	h.Flash(c, key)
	return web.SeeOther(c, paths.DomainSettings())
}

func (h *Handlers) renderDomain(c echo.Context, status int, f domainForm, wrong models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	b, err := h.Accounts.OwnBrand(ctx, actor)
	if err != nil {
		return err
	}
	d, err := h.Accounts.OwnDomain(ctx, actor)
	if err != nil {
		return err
	}
	p := accountsview.PresentDomain(ctx, actor, b, d, f.Domain, wrong)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.domain.title"), Body: accountsview.Domain(p)})
}
