package accounts

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/views/paths"
)

type actingForm struct {
	As   string `form:"as"`
	Next string `form:"next"`
}

// switchActing lets the person act for another of their brands, or for their own profile.
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
		return h.switchTo(c, f.As, v.Session.Profile.Name, f.Next)
	}
	for _, b := range v.Session.Brands {
		if b.Brand.PublicID == f.As {
			return h.switchTo(c, f.As, b.Brand.Name, f.Next)
		}
	}
	return models.NotFound()
}

func (h *Handlers) switchTo(c echo.Context, as, name, next string) error {
	h.ActAs(c, as)
	h.Flash(c, "accounts.acting.done", "name", name)
	return web.SeeOther(c, cmp.Or(web.PathAfterSignIn(next), paths.Dashboard()))
}
