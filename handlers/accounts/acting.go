package accounts

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

type actingForm struct {
	As   string `form:"as"`
	Next string `form:"next"`
}

// switchActing lets the person act for another of her brands, or for her own profile.
func (h *Handlers) switchActing(c echo.Context) error {
	var f actingForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	v := web.VisitorOf(c)
	if f.As == accounts.ActingAsCreator {
		if v.Session.Profile == nil {
			return models.NotFound()
		}
		return h.actAs(c, f.As, v.Session.Profile.Name, f.Next)
	}
	for _, b := range v.Session.Brands {
		if b.Brand.PublicID == f.As {
			return h.actAs(c, f.As, b.Brand.Name, f.Next)
		}
	}
	return models.NotFound()
}

func (h *Handlers) actAs(c echo.Context, as, name, next string) error {
	h.Sessions.Put(c.Request().Context(), web.ActingKey, as)
	h.Flash(c, "accounts.acting.done", "name", name)
	return web.SeeOther(c, web.OrDashboard(web.SafeNext(next)))
}
