package imports

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/imports"
	importsview "tribemarket/views/imports"
	"tribemarket/views/paths"
)

// listImports lists imports, and takes another file.
func (h *Handlers) listImports(c echo.Context) error {
	return h.renderList(c, 200, imports.FileChoices{}, nil)
}

func (h *Handlers) renderList(c echo.Context, status int, f imports.FileChoices, fields models.Fields) error {
	ctx, after := c.Request().Context(), c.QueryParam("after")
	rows, next, err := h.Imports.ListImports(ctx, web.ActorOf(c), after)
	if err != nil {
		return err
	}
	p := importsview.PresentList(ctx, rows, after, next, f, fields)
	return h.RenderAdmin(c, status, i18n.T(ctx, "imports.title"), importsview.List(p))
}

// fileChoices are what a form says about a file.
type fileChoices struct {
	Platform string `form:"platform"`
	AsOf     string `form:"as_of"`
	Encoding string `form:"encoding"`
}

func (f fileChoices) choices() imports.FileChoices { return imports.FileChoices(f) }

// uploadFile stores a file, and leads to what its columns are.
func (h *Handlers) uploadFile(c echo.Context) error {
	var f fileChoices
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	form := imports.UploadForm{FileChoices: f.choices()}
	if file, ok := web.FormFile(c, "file"); ok {
		form.FileName, form.Size, form.Open = file.Name, file.Size, file.Open
	}
	id, err := h.Imports.Upload(c.Request().Context(), web.ActorOf(c), form)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderList(c, 422, form.FileChoices, fields)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, paths.AdminImport(id))
}
