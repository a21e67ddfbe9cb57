package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
)

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

// endMandate ends an agency's mandate, from either side.
func (h *Handlers) endMandate(c echo.Context) error {
	err := h.Accounts.EndMandate(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.redirectToMembers(c, membersForms{}, err, "accounts.agencies.ended")
}
