package accounts

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/views/components"
)

func (p MembersProps) mayChangeAny() bool {
	for _, m := range p.Me {
		if m.MayChange {
			return true
		}
	}
	return false
}

// fields are the questions of the page's forms, for the summary of errors.
func (p MembersProps) fields(a formAnswers) []components.Field {
	var all []components.Field
	if p.Invite != nil {
		all = append(all, p.inviteEmail(a), p.inviteRole(a))
	}
	if p.AskAgency != nil {
		all = append(all, p.agency(a), p.agencyRole(a))
	}
	return all
}

func (p MembersProps) inviteEmail(a formAnswers) components.Field {
	f := a.text("email", "accounts.members.invite.email", p.Invite.Email)
	f.Type, f.Autocomplete, f.Required = "email", "off", true
	f.Hint = i18n.T(a.ctx, "accounts.members.invite.hint", "time", p.Invite.Within)
	return f
}

func (p MembersProps) inviteRole(a formAnswers) components.Field {
	f := a.text("role", "accounts.role", p.Invite.Role)
	f.Options = p.Roles
	return f
}

func (p MembersProps) agency(a formAnswers) components.Field {
	f := a.text("agency", "accounts.agencies.which", p.AskAgency.Agency)
	f.Hint, f.Autocomplete, f.Required = i18n.T(a.ctx, "accounts.agencies.which_hint"), "off", true
	return f
}

func (p MembersProps) agencyRole(a formAnswers) components.Field {
	f := a.text("agency_role", "accounts.agencies.most", p.AskAgency.Role)
	f.Hint, f.Options = i18n.T(a.ctx, "accounts.agencies.role_hint"), p.Roles
	return f
}

func (p MembersProps) endLabel(ctx context.Context, acts bool) string {
	if acts {
		return i18n.T(ctx, "accounts.agencies.end")
	}
	return i18n.T(ctx, "accounts.agencies.end_offer")
}

func (p MembersProps) endClient(ctx context.Context, offered bool) string {
	if offered {
		return i18n.T(ctx, "accounts.clients.refuse")
	}
	return i18n.T(ctx, "accounts.agencies.end")
}

func (p OwnershipTransferProps) member(a formAnswers) components.Field {
	f := a.text("member", "accounts.members.transfer.to", p.To)
	f.Required, f.Placeholder, f.Options = true, i18n.T(a.ctx, "accounts.members.transfer.choose"), p.People
	return f
}

// kind says whether a brand is an agency.
func (a formAnswers) kind(value string) components.Field {
	f := a.text("kind", "accounts.kind", value)
	f.Hint = i18n.T(a.ctx, "accounts.kind.hint")
	for _, k := range []string{"brand", "agency"} {
		f.Options = append(f.Options, components.Option{Value: k, Label: i18n.T(a.ctx, "accounts.kind."+k)})
	}
	return f
}

func (p BusinessProps) fields(a formAnswers) []components.Field {
	n := a.text("legal_name", "accounts.business.legal_name", p.LegalName)
	n.Required, n.Autocomplete = true, "organization"
	c := a.text("country", "accounts.business.country", p.Country)
	c.Required, c.Autocomplete, c.Placeholder, c.Options = true, "country", i18n.T(a.ctx, "accounts.business.choose"), components.CountryOptions(a.ctx)
	d := a.text("address", "accounts.business.address", p.Address)
	d.Required, d.Rows, d.Autocomplete = true, 4, "street-address"
	v := a.text("vat", "accounts.business.vat", p.VAT)
	v.Optional, v.Autocomplete, v.Hint = true, "off", i18n.T(a.ctx, "accounts.business.vat_hint")
	return []components.Field{n, c, d, v}
}

func (p DomainProps) field(a formAnswers) components.Field {
	f := a.text("domain", "accounts.domain.which", p.Entered)
	f.Required, f.InputMode, f.Autocomplete, f.Hint = true, "url", "off", i18n.T(a.ctx, "accounts.domain.which_hint")
	return f
}
