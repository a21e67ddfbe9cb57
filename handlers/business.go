package handlers

import (
	"cmp"
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/account"
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
	b, err := h.Accounts.OwnBrand(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	return h.businessPage(c, 200, businessForm{b.LegalName, cmp.Or(b.LegalCountry, b.Country), b.PostalAddress, b.VATNumber}, nil)
}

// saveBusiness keeps it.
func (h *Handlers) saveBusiness(c echo.Context) error {
	var f businessForm
	if err := read(c, &f); err != nil {
		return err
	}
	err := h.Accounts.UpdateBusiness(c.Request().Context(), actorOf(c), accounts.BusinessForm{LegalName: f.LegalName, Country: f.Country, Address: f.Address, VAT: f.VAT})
	if fields, ok := invalid(err); ok {
		return h.businessPage(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.say(c, "members.business.saved")
	return seeOther(c, paths.Business())
}

func (h *Handlers) businessPage(c echo.Context, status int, f businessForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), visitorOf(c)
	p := account.BusinessProps{Brand: v.name(), LegalName: f.LegalName, Country: f.Country, Address: f.Address, VAT: f.VAT,
		MayEdit: accounts.CanEditBusiness(v.Actor, v.Actor.BrandID), Errors: texts(ctx, wrong)}
	if f.Country != "" {
		p.CountryName = i18n.Country(ctx, f.Country)
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "members.business.tab"), Body: account.Business(p)})
}

type domainForm struct {
	Domain string `form:"domain"`
}

// showDomain shows how far the brand has shown that a domain is its own.
func (h *Handlers) showDomain(c echo.Context) error { return h.domainPage(c, 200, domainForm{}, nil) }

// nameDomain gives a code for a domain.
func (h *Handlers) nameDomain(c echo.Context) error {
	var f domainForm
	if err := read(c, &f); err != nil {
		return err
	}
	err := h.Accounts.NameDomain(c.Request().Context(), actorOf(c), f.Domain)
	if fields, ok := invalid(err); ok {
		return h.domainPage(c, 422, f, fields)
	}
	return h.domainDone(c, err, "members.domain.asked")
}

// checkDomain has the code looked for.
func (h *Handlers) checkDomain(c echo.Context) error {
	return h.domainDone(c, h.Accounts.CheckDomain(c.Request().Context(), actorOf(c)), "members.domain.checking")
}

// removeDomain gives the domain and its mark up.
func (h *Handlers) removeDomain(c echo.Context) error {
	return h.domainDone(c, h.Accounts.RemoveDomain(c.Request().Context(), actorOf(c)), "members.domain.removed")
}

func (h *Handlers) domainDone(c echo.Context, err error, key string) error {
	if err != nil {
		return err
	}
	h.say(c, key)
	return seeOther(c, paths.Domain())
}

func (h *Handlers) domainPage(c echo.Context, status int, f domainForm, wrong models.Fields) error {
	ctx, v := c.Request().Context(), visitorOf(c)
	b, err := h.Accounts.OwnBrand(ctx, v.Actor)
	if err != nil {
		return err
	}
	d, err := h.Accounts.OwnDomain(ctx, v.Actor)
	if err != nil {
		return err
	}
	p := account.DomainProps{Brand: v.name(), Entered: f.Domain, MayEdit: accounts.CanVerifyDomain(v.Actor, v.Actor.BrandID), Errors: texts(ctx, wrong)}
	if d != nil {
		p.Known, p.Domain, p.Record, p.FileAddress = true, d.Domain, d.Record(), "https://"+d.Domain+accounts.DomainFile
		p.Kind, p.Status = domainStatus(ctx, *d)
	} else if host, ok := accounts.ParseDomain(b.Site); ok && f.Domain == "" {
		p.Entered = host
	}
	return h.render(c, view{Status: status, Title: i18n.T(ctx, "members.domain.title"), Body: account.Domain(p)})
}

// domainStatus says what came of looking for the code.
func domainStatus(ctx context.Context, d accounts.Domain) (kind, text string) {
	switch {
	case d.CheckedAt == nil:
		return components.Off, i18n.T(ctx, "members.domain.unchecked")
	case d.VerifiedAt != nil && d.Missed == 0:
		return components.Good, i18n.T(ctx, "members.domain.found", "at", i18n.DateTime(ctx, *d.CheckedAt))
	case d.VerifiedAt != nil:
		return components.Late, i18n.T(ctx, "members.domain.gone", "at", i18n.DateTime(ctx, *d.CheckedAt))
	case d.LostAt != nil:
		return components.Bad, i18n.T(ctx, "members.domain.lost", "at", i18n.DateTime(ctx, *d.LostAt))
	}
	return components.Late, i18n.T(ctx, "members.domain.missing", "at", i18n.DateTime(ctx, *d.CheckedAt))
}
