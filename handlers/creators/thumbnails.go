package creators

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/views/paths"
)

// allowThumbnails lets the site show thumbnails of the creator's latest posts.
func (h *Handlers) allowThumbnails(c echo.Context) error {
	if err := h.Creators.AllowThumbnails(c.Request().Context(), web.ActorOf(c)); err != nil {
		return err
	}
	h.Flash(c, "creators.thumbnails.allowed")
	return web.SeeOther(c, paths.PictureSettings())
}

// withdrawThumbnails deletes the thumbnails, and no more are fetched.
func (h *Handlers) withdrawThumbnails(c echo.Context) error {
	if err := h.Creators.WithdrawThumbnails(c.Request().Context(), web.ActorOf(c)); err != nil {
		return err
	}
	h.Flash(c, "creators.thumbnails.withdrawn")
	return web.SeeOther(c, paths.PictureSettings())
}
