package accounts

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

// agencyRows are the agencies that act for the brand, or are asked to.
func agencyRows(ctx context.Context, a models.Actor, mandates []accounts.MandateView) []AgencyRow {
	rows := make([]AgencyRow, len(mandates))
	for i, m := range mandates {
		rows[i] = AgencyRow{
			ID: m.PublicID, Name: m.Agency, Href: paths.Brand(m.AgencyRef), Role: RoleName(ctx, m.Role),
			Acts: m.AcceptedAt != nil, MayEnd: accounts.CanEndMandate(a, m.Mandate),
			Status: mandateStatus(ctx, m.Mandate, "accounts.agencies.waits", "agency", m.Agency),
		}
		for _, p := range m.People {
			rows[i].People = append(rows[i].People, RoleLine{Name: p.Name, Does: RoleName(ctx, p.Role)})
		}
	}
	return rows
}

// clientRows are the brands for which the agency acts, or that ask it to.
func clientRows(ctx context.Context, a models.Actor, mandates []accounts.MandateView) []ClientRow {
	rows := make([]ClientRow, len(mandates))
	for i, m := range mandates {
		rows[i] = ClientRow{
			ID: m.PublicID, Name: m.Brand, Href: paths.Brand(m.BrandRef), Role: RoleName(ctx, m.Role),
			MayAccept: accounts.CanAcceptMandate(a, m.Mandate), MayEnd: accounts.CanEndMandate(a, m.Mandate),
			Status: mandateStatus(ctx, m.Mandate, "accounts.clients.waits", "client", m.Brand),
		}
	}
	return rows
}

// mandateStatus says since when an agency has acted, or until when its answer is awaited;
// waits is the key of the sentence about the party of that name.
func mandateStatus(ctx context.Context, m accounts.Mandate, waits, party, name string) string {
	if m.AcceptedAt != nil {
		return i18n.T(ctx, "accounts.agencies.acts", "since", i18n.Date(ctx, *m.AcceptedAt))
	}
	return i18n.T(ctx, waits, party, name, "until", i18n.Deadline(ctx, m.ExpiresAt, i18n.DateTime))
}
