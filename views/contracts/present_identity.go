package contracts

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/contracts"
	"tribemarket/views/components"
)

// IdentityProps is who a party is in contracts, to be changed.
type IdentityProps struct {
	Kind      string // brand or creator
	Suggested bool   // nothing is saved yet; what is known stands in the form
	Fields    []components.Field
	Problems  []components.Problem
}

// PresentIdentity shows the answers, and what is wrong with them.
func PresentIdentity(ctx context.Context, a models.Actor, i contracts.Identity, known bool, wrong models.Fields) IdentityProps {
	errors := components.FieldTexts(ctx, wrong)
	field := func(name, value string, f components.Field) components.Field {
		f.Name, f.Value, f.Label, f.Error = name, value, i18n.T(ctx, "contracts.identity."+name), errors[name]
		return f
	}
	p := IdentityProps{Kind: string(a.Side()), Suggested: !known}
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
