package negotiation

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/negotiation"
)

// askExtension asks for a later last day of the offer that the page showed.
func (h *Handlers) askExtension(c echo.Context) error {
	return h.extend(c, negotiation.ActionAskExtension, h.Negotiations.AskExtension)
}

// acceptExtension accepts the last day that the page showed.
func (h *Handlers) acceptExtension(c echo.Context) error {
	return h.extend(c, negotiation.ActionAcceptExtension, h.Negotiations.AcceptExtension)
}

// refuseExtension refuses it.
func (h *Handlers) refuseExtension(c echo.Context) error {
	return h.extend(c, negotiation.ActionRefuseExtension, h.Negotiations.RefuseExtension)
}

func (h *Handlers) extend(c echo.Context, action negotiation.Action, do func(ctx context.Context, a models.Actor, negotiation string, number int, until string) error) error {
	var f struct {
		Offer int    `form:"offer"`
		Until string `form:"until"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := do(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Offer, f.Until)
	if err == nil {
		h.Flash(c, negotiation.Table.DoneKey(action))
	}
	return h.redirectBack(c, action, f.Offer, map[string]string{"until": f.Until}, err)
}
