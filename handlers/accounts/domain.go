package accounts

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

type domainForm struct {
	Domain string `form:"domain"`
}

// showDomain shows how far the brand has proved that it owns a domain.
func (h *Handlers) showDomain(c echo.Context) error {
	return h.renderDomain(c, 200, domainForm{}, nil)
}

// nameDomain gives the code that proves a domain.
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

// checkDomain looks for the code.
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
	ctx, v := c.Request().Context(), web.VisitorOf(c)
	b, err := h.Accounts.OwnBrand(ctx, v.Actor)
	if err != nil {
		return err
	}
	d, err := h.Accounts.OwnDomain(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := accountsview.DomainProps{Brand: v.Name(), Entered: f.Domain, MayEdit: accounts.CanVerifyDomain(v.Actor, v.Actor.BrandID), Errors: components.FieldTexts(ctx, wrong)}
	if d != nil {
		p.Known, p.Domain, p.Record, p.FileAddress = true, d.Domain, d.ProofText(), "https://"+d.Domain+accounts.DomainProofPath
		p.Kind, p.Status = domainStatus(ctx, *d)
	} else if host, ok := accounts.ParseDomain(b.Site); ok && f.Domain == "" {
		p.Entered = host
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "accounts.domain.title"), Body: accountsview.Domain(p)})
}

// domainStatus says what came of the last look for the code.
func domainStatus(ctx context.Context, d accounts.BrandDomain) (kind, text string) {
	switch {
	case d.CheckedAt == nil:
		return components.Off, i18n.T(ctx, "accounts.domain.unchecked")
	case d.VerifiedAt != nil && d.Missed == 0:
		return components.Good, i18n.T(ctx, "accounts.domain.found", "at", i18n.DateTime(ctx, *d.CheckedAt))
	case d.VerifiedAt != nil:
		return components.Late, i18n.T(ctx, "accounts.domain.gone", "at", i18n.DateTime(ctx, *d.CheckedAt))
	case d.LostAt != nil:
		return components.Bad, i18n.T(ctx, "accounts.domain.lost", "at", i18n.DateTime(ctx, *d.LostAt))
	}
	return components.Late, i18n.T(ctx, "accounts.domain.missing", "at", i18n.DateTime(ctx, *d.CheckedAt))
}
