package accounts

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/files"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// PresentBrand presents a brand's page: domain is nil if it has none, and visitor is the
// viewer's name.
func PresentBrand(ctx context.Context, a models.Actor, b accounts.Brand, logo *files.Picture, domain *accounts.BrandDomain, visitor string) BrandProps {
	p := BrandProps{
		PublicID: b.PublicID, Name: b.Name, Logo: logo, Site: b.Site, Country: b.Country, Sells: b.Sells, Since: b.CreatedAt, Own: accounts.CanEditBrand(a, b.ID),
		Agency: b.Kind == accounts.KindAgency, LegalName: b.LegalName, LegalCountry: b.LegalCountry, VAT: b.VATNumber,
	}
	if domain != nil && domain.VerifiedAt != nil {
		p.Verified = i18n.T(ctx, "accounts.domain.verified", "domain", domain.Domain)
		p.Explained = i18n.T(ctx, "accounts.domain.explained", "brand", b.Name, "domain", domain.Domain)
	}
	if p.Agency && b.ID != a.BrandID && accounts.CanGovern(a, a.BrandID) {
		p.Ask, p.AskLabel = paths.AgencyMandate(b.PublicID), i18n.T(ctx, "accounts.brand.agency_ask", "brand", visitor)
	}
	return p
}

// PresentDomain presents the page on which the actor's brand proves its domain; it is nil
// if none has been named. entered is what the form holds.
func PresentDomain(ctx context.Context, a models.Actor, b accounts.Brand, domain *accounts.BrandDomain, entered string, fields models.Fields) DomainProps {
	p := DomainProps{Brand: b.Name, Entered: entered, MayEdit: accounts.CanVerifyDomain(a, a.BrandID), Errors: components.FieldTexts(ctx, fields)}
	if domain != nil {
		p.Known, p.Domain, p.Record, p.FileAddress = true, domain.Domain, domain.ProofText(), "https://"+domain.Domain+accounts.DomainProofPath
		p.Kind, p.Status = domainStatus(ctx, *domain)
	} else if host, ok := accounts.ParseDomain(b.Site); ok && entered == "" {
		p.Entered = host
	}
	return p
}

// domainStatus is the result of the last check for the code.
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
