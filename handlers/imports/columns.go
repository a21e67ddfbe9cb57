package imports

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/imports"
	importsview "tribemarket/views/imports"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// refreshSeconds is how often the page of a running import renews itself.
const refreshSeconds = 3

// showImport shows an import as it stands.
func (h *Handlers) showImport(c echo.Context) error {
	return h.renderImport(c, 200, nil, nil)
}

// renderImport shows an import, with the answers of a form that was refused.
func (h *Handlers) renderImport(c echo.Context, status int, f *imports.ColumnForm, refusal error) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	i, err := h.Imports.FindImport(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	skipped, err := h.Imports.ListNotes(ctx, actor, i, imports.NoteSkipped, 0, importsview.ShownRows)
	if err != nil {
		return err
	}
	p := importsview.PresentImport(ctx, i, skipped, f, refusal)
	page := web.Page{Status: status, Title: i.FileName, Nav: layouts.NavAdmin, Head: layouts.Head{NoIndex: true}, Body: importsview.Page(p), Fragment: importsview.State(p)}
	if i.State.Running() {
		page.Head.Refresh = refreshSeconds
	}
	return h.Render(c, page)
}

type columnForm struct {
	fileChoices

	Columns []struct {
		Field string `form:"field"`
	} `form:"columns"`
}

func readColumnForm(c echo.Context) (imports.ColumnForm, error) {
	var f columnForm
	if err := web.ReadForm(c, &f); err != nil {
		return imports.ColumnForm{}, err
	}
	form := imports.ColumnForm{FileChoices: f.choices()}
	for _, column := range f.Columns {
		form.Fields = append(form.Fields, column.Field)
	}
	return form, nil
}

// chooseColumns keeps what the columns are.
func (h *Handlers) chooseColumns(c echo.Context) error {
	f, err := readColumnForm(c)
	if err != nil {
		return err
	}
	if err := h.Imports.ChooseColumns(c.Request().Context(), web.ActorOf(c), c.Param("id"), f); err != nil {
		return h.refuseColumns(c, f, err)
	}
	h.Flash(c, "imports.said.columns")
	return web.SeeOther(c, paths.AdminImport(c.Param("id")))
}

// refuseColumns shows the form of the columns again where they cannot be so.
func (h *Handlers) refuseColumns(c echo.Context, f imports.ColumnForm, err error) error {
	if models.CodeOf(err) != models.CodeInvalid {
		return err
	}
	return h.renderImport(c, 422, &f, err)
}

// startDryRun keeps what the columns are, and has all rows checked.
func (h *Handlers) startDryRun(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), web.ActorOf(c), c.Param("id")
	f, err := readColumnForm(c)
	if err != nil {
		return err
	}
	if len(f.Fields) > 0 {
		err = h.Imports.ChooseColumns(ctx, actor, id, f)
	}
	if _, running := web.AsConflict(err); err == nil || running { // which a second press finds as well
		err = h.Imports.StartDryRun(ctx, actor, id)
	}
	if err != nil {
		return h.refuseColumns(c, f, err)
	}
	return web.SeeOther(c, paths.AdminImport(id))
}

// startImport has the file imported.
func (h *Handlers) startImport(c echo.Context) error {
	err := h.Imports.StartImport(c.Request().Context(), web.ActorOf(c), c.Param("id"))
	if err != nil && models.CodeOf(err) == models.CodeInvalid {
		return h.renderImport(c, 422, nil, err)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, paths.AdminImport(c.Param("id")))
}

// removeImport deletes an import.
func (h *Handlers) removeImport(c echo.Context) error {
	if err := h.Imports.Remove(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "imports.said.removed")
	return web.SeeOther(c, paths.AdminImports())
}
