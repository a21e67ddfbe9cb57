package accounts

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	accountsview "tribemarket/views/accounts"
	"tribemarket/views/paths"
)

func agencyRows(ctx context.Context, a models.Actor, all []accounts.MandateView) []accountsview.AgencyRow {
	rows := make([]accountsview.AgencyRow, len(all))
	for i, m := range all {
		rows[i] = accountsview.AgencyRow{ID: m.PublicID, Name: m.Agency, Href: paths.Brand(m.AgencyRef), Role: i18n.T(ctx, "accounts.role."+string(m.Role)),
			Acts: m.AcceptedAt != nil, MayEnd: accounts.CanEndMandate(a, m.Mandate)}
		if m.AcceptedAt != nil {
			rows[i].Status = i18n.T(ctx, "accounts.agencies.acts", "since", i18n.Date(ctx, *m.AcceptedAt))
		} else {
			rows[i].Status = i18n.T(ctx, "accounts.agencies.waits", "agency", m.Agency, "until", i18n.DateTime(ctx, m.ExpiresAt))
		}
		for _, p := range m.People {
			rows[i].People = append(rows[i].People, accountsview.RoleLine{Name: p.Name, Does: i18n.T(ctx, "accounts.role."+string(p.Role))})
		}
	}
	return rows
}

func clientRows(ctx context.Context, a models.Actor, all []accounts.MandateView) []accountsview.ClientRow {
	rows := make([]accountsview.ClientRow, len(all))
	for i, m := range all {
		rows[i] = accountsview.ClientRow{ID: m.PublicID, Name: m.Brand, Href: paths.Brand(m.BrandRef), Role: i18n.T(ctx, "accounts.role."+string(m.Role)),
			MayAccept: accounts.CanAcceptMandate(a, m.Mandate), MayEnd: accounts.CanEndMandate(a, m.Mandate)}
		if m.AcceptedAt != nil {
			rows[i].Status = i18n.T(ctx, "accounts.agencies.acts", "since", i18n.Date(ctx, *m.AcceptedAt))
		} else {
			rows[i].Status = i18n.T(ctx, "accounts.clients.waits", "client", m.Brand, "until", i18n.DateTime(ctx, m.ExpiresAt))
		}
	}
	return rows
}

// offerMandate asks an agency to act for the brand.
func (h *Handlers) offerMandate(c echo.Context) error {
	var f membersForms
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Accounts.OfferMandate(c.Request().Context(), web.ActorOf(c), f.Agency, models.Role(f.AgencyRole))
	return h.redirectToMembers(c, f, err, "accounts.agencies.asked")
}

// acceptMandate lets the agency act for the brand that asked.
func (h *Handlers) acceptMandate(c echo.Context) error {
	err := h.Accounts.AcceptMandate(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.redirectToMembers(c, membersForms{}, err, "accounts.clients.accepted")
}

// endMandate ends what an agency may do for the brand, from either side.
func (h *Handlers) endMandate(c echo.Context) error {
	err := h.Accounts.EndMandate(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.redirectToMembers(c, membersForms{}, err, "accounts.agencies.ended")
}
