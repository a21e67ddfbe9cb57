package negotiation

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/negotiation"
	"tribemarket/views/layouts"
	negotiationview "tribemarket/views/negotiation"
	"tribemarket/views/paths"
)

// listOpenDoors lists the brands that take pitches.
func (h *Handlers) listOpenDoors(c echo.Context) error {
	ctx, after := c.Request().Context(), c.QueryParam("after")
	page, err := h.Negotiations.ListOpenDoors(ctx, web.ActorOf(c), after)
	if err != nil {
		return err
	}
	p := negotiationview.PresentOpenDoors(ctx, page, after, h.Creators.TribeCatalogue())
	return h.Render(c, web.Page{Title: i18n.T(ctx, "negotiation.doors.title"), Nav: layouts.NavProposals, Body: negotiationview.OpenDoors(p)})
}

// showDoor shows whose pitches the brand takes.
func (h *Handlers) showDoor(c echo.Context) error {
	d, err := h.Negotiations.OwnDoor(c.Request().Context(), web.ActorOf(c))
	if err != nil {
		return err
	}
	f := negotiation.DoorForm{Tribes: d.Tribes, Countries: d.Countries}
	if d.Closed {
		f.Closed = "yes"
	}
	if d.Followers > 0 {
		f.Followers = strconv.FormatInt(d.Followers, 10)
	}
	return h.renderDoor(c, 200, f, nil)
}

// saveDoor saves it.
func (h *Handlers) saveDoor(c echo.Context) error {
	var f negotiation.DoorForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Negotiations.SetDoor(c.Request().Context(), web.ActorOf(c), f)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderDoor(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "accounts.settings.saved")
	return web.SeeOther(c, paths.DoorSettings())
}

func (h *Handlers) renderDoor(c echo.Context, status int, f negotiation.DoorForm, fields models.Fields) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	p := negotiationview.PresentDoorForm(ctx, f, accounts.CanEditBrand(actor, actor.BrandID), h.Creators.TribeCatalogue(), fields)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "negotiation.door.title"), Body: negotiationview.DoorForm(p)})
}
