package contracts

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// IdentityProps is who a party is in contracts, to be changed.
type IdentityProps struct {
	Kind      string // brand or creator
	Suggested bool   // nothing is saved yet; what is known stands in the form
	Fields    []components.Field
	Problems  []components.Problem
	Follows   []components.Crumb // contracts that take a change up
	Stays     []components.Crumb // contracts that do not
}

// ShownIdentity is what the page shows.
type ShownIdentity struct {
	Identity contracts.Identity
	Known    bool // it is saved
	Use      contracts.IdentityUse
	Wrong    models.Fields
}

// SavedKey is what is said once an identity is saved.
func SavedKey(use contracts.IdentityUse) string {
	if len(use.Follows) > 0 {
		return "contracts.identity.saved.follows"
	}
	return "contracts.identity.saved"
}

// PresentIdentity shows the answers, what is wrong with them, and the contracts they are for.
func PresentIdentity(ctx context.Context, a models.Actor, s ShownIdentity) IdentityProps {
	i, errors := s.Identity, components.FieldTexts(ctx, s.Wrong)
	field := func(name, value string, f components.Field) components.Field {
		f.Name, f.Value, f.Label, f.Error = name, value, i18n.T(ctx, "contracts.identity."+name), errors[name]
		return f
	}
	p := IdentityProps{Kind: string(a.Side()), Suggested: !s.Known, Follows: contractLinks(s.Use.Follows), Stays: contractLinks(s.Use.Stays)}
	p.Fields = []components.Field{
		field("legal_name", i.LegalName, components.Field{Required: true, MaxLength: contracts.MaxLegalName, Hint: i18n.T(ctx, "contracts.identity.legal_name."+p.Kind)}),
		field("address", i.PostalAddress, components.Field{Required: true, Rows: 3, MaxLength: contracts.MaxPostalAddress, Autocomplete: "street-address"}),
		field("email", i.Email, components.Field{Required: true, Type: "email", Autocomplete: "email", Hint: i18n.T(ctx, "contracts.identity.email_hint")}),
		field("country", i.TaxCountry, components.Field{Required: true, Autocomplete: "country", Placeholder: i18n.T(ctx, "contracts.identity.choose"), Options: components.CountryOptions(ctx), Hint: i18n.T(ctx, "contracts.identity.country_hint")}),
		field("registration", i.Registration, components.Field{Optional: true, MaxLength: contracts.MaxRegistration, Hint: i18n.T(ctx, "contracts.identity.registration_hint")}),
		field("vat", i.VAT, components.Field{Optional: true, Hint: i18n.T(ctx, "contracts.identity.vat_hint")}),
	}
	p.Problems = components.NamedProblems(ctx, p.Fields)
	return p
}

func contractLinks(all []contracts.OpenContract) []components.Crumb {
	links := make([]components.Crumb, len(all))
	for i, c := range all {
		links[i] = components.Crumb{Href: paths.Contract(c.PublicID), Name: c.Product}
	}
	return links
}
