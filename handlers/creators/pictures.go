package creators

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/files"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

type pictureForm struct {
	Use    string `form:"use"`
	Alt    string `form:"alt"`
	Rights string `form:"rights"`
}

// showPictures shows a creator's portrait and works, to be changed.
func (h *Handlers) showPictures(c echo.Context) error {
	return h.renderPictures(c, 200, creatorsview.PicturesProps{})
}

// addPicture adds a portrait or a work.
func (h *Handlers) addPicture(c echo.Context) error {
	var f pictureForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	use := files.Use(f.Use)
	if use != files.Portrait && use != files.Work {
		return models.Invalid("use", "web.error.invalid")
	}
	err := h.AddPicture(c, use, f.Rights, f.Alt)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderPictures(c, 422, creatorsview.PicturesProps{Use: use, Alt: f.Alt, Errors: fields})
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.pictures.added."+string(use))
	return web.SeeOther(c, paths.PictureSettings())
}

// describePicture saves what can be seen on a picture.
func (h *Handlers) describePicture(c echo.Context) error {
	var f pictureForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Files.DescribePicture(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Alt)
	return h.changedPictures(c, err, "creators.pictures.described")
}

// movePicture moves a work forward or back.
func (h *Handlers) movePicture(c echo.Context) error {
	var f struct {
		Way string `form:"way"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Files.MovePicture(c.Request().Context(), web.ActorOf(c), c.Param("id"), f.Way == "forward")
	return h.changedPictures(c, err, "creators.pictures.moved")
}

// removePicture removes a picture.
func (h *Handlers) removePicture(c echo.Context) error {
	err := h.Files.RemovePicture(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	return h.changedPictures(c, err, "creators.pictures.removed")
}

func (h *Handlers) changedPictures(c echo.Context, err error, done string) error {
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderPictures(c, 422, creatorsview.PicturesProps{Errors: fields})
	}
	if err != nil {
		return err
	}
	h.Flash(c, done)
	return web.SeeOther(c, paths.PictureSettings())
}

func (h *Handlers) renderPictures(c echo.Context, status int, p creatorsview.PicturesProps) (err error) {
	ctx := c.Request().Context()
	if p.Pictures, err = h.Files.OwnPictures(ctx, web.ActorOf(c)); err != nil {
		return err
	}
	if p.OffersThumbnails = !h.Creators.NoThumbnails; p.OffersThumbnails {
		if p.ThumbnailsSince, err = h.Creators.ThumbnailConsent(ctx, web.ActorOf(c)); err != nil {
			return err
		}
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "creators.pictures.title"), Body: creatorsview.Pictures(p)})
}
