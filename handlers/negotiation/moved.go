package negotiation

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/views/paths"
)

// These addresses stand in mails and bookmarks from before negotiations were called so. What
// a person may not see is not found here either.

func (h *Handlers) moveList(c echo.Context) error { return moveTo(c, paths.Negotiations()) }

func (h *Handlers) moveNegotiation(c echo.Context) error {
	n, err := h.Negotiations.Get(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if err != nil {
		return h.OfferOtherRole(c, err, h.Negotiations.OtherRole)
	}
	return moveTo(c, paths.Negotiation(n.PublicID))
}

func (h *Handlers) moveHeldProposal(c echo.Context) error {
	held, err := h.Negotiations.GetHeldProposal(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return moveTo(c, paths.HeldProposal(held.PublicID))
}

func (h *Handlers) moveForm(c echo.Context) error {
	to, err := h.Creators.Listed(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return moveTo(c, paths.NewNegotiation(to.Creator.PublicID))
}

func moveTo(c echo.Context, path string) error { return c.Redirect(http.StatusMovedPermanently, path) }
