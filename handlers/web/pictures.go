package web

import (
	"io"

	"github.com/labstack/echo/v4"

	"tribemarket/models"
	"tribemarket/models/files"
)

// AddPicture stores the picture in the form's field file for whom the actor acts, once
// they have said, in rights, that they may show it.
func (b *Base) AddPicture(c echo.Context, use files.Use, rights, alt string) error {
	var wrong models.Fields
	upload, ok := FormFile(c, "file")
	if !ok {
		wrong.Add("file", "files.error.missing")
	}
	if rights == "" {
		wrong.Add("rights", "files.error.rights")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	file, err := upload.Open()
	if err != nil {
		return models.Internal("open an upload", err)
	}
	defer func() { _ = file.Close() }()
	_, err = b.Files.AddPicture(c.Request().Context(), ActorOf(c), use, file.(io.ReadSeeker), alt)
	return err
}
