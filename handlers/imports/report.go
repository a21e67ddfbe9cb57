package imports

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/sheets"
	"tribemarket/models"
	"tribemarket/models/imports"
	importsview "tribemarket/views/imports"
)

const (
	// downloadTimeout is how long a report may take to be sent.
	downloadTimeout = 5 * time.Minute
	notesAtOnce     = 5000
)

// downloadReport sends what an import says of its columns and rows, as CSV.
func (h *Handlers) downloadReport(c echo.Context) error {
	ctx, actor, head := c.Request().Context(), web.ActorOf(c), c.Response().Header()
	i, err := h.Imports.FindImport(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	if err := http.NewResponseController(c.Response()).SetWriteDeadline(models.SystemClock().Add(downloadTimeout)); err != nil {
		h.Log.DebugContext(ctx, "a report has the usual time", "error", err)
	}
	head.Set(echo.HeaderContentType, "text/csv; charset=utf-8; header=present")
	head.Set(echo.HeaderContentDisposition, `attachment; filename="import-`+i.PublicID+`.csv"`)
	err = sheets.WriteCSV(c.Response(), "", importsview.ReportHeadings(ctx), h.reportRows(ctx, actor, i))
	if err != nil && c.Response().Committed {
		h.Log.WarnContext(ctx, "a report broke off", "error", err)
		panic(http.ErrAbortHandler) // or half a file would look like a whole one
	}
	if err != nil {
		head.Del(echo.HeaderContentType) // what comes is a page
		head.Del(echo.HeaderContentDisposition)
	}
	return err
}

// reportRows are the rows of a report: of the columns, then of the notes.
func (h *Handlers) reportRows(ctx context.Context, actor models.Actor, i imports.Import) sheets.EachRow {
	return func(take func([]sheets.Cell) error) error {
		takeLine := func(l importsview.ReportLine) error {
			cells := []sheets.Cell{{}, sheets.TextCell(l.Kind), sheets.TextCell(l.Text)}
			if l.Line > 0 {
				cells[0] = sheets.WholeNumberCell(&l.Line)
			}
			return take(cells)
		}
		for _, l := range importsview.ReportSummary(ctx, i) {
			if err := takeLine(l); err != nil {
				return err
			}
		}
		for after := int64(0); ; {
			notes, err := h.Imports.ListNotes(ctx, actor, i, "", after, notesAtOnce)
			if err != nil || len(notes) == 0 {
				return err
			}
			for _, n := range notes {
				if err := takeLine(importsview.ReportNote(ctx, n)); err != nil {
					return err
				}
			}
			after = notes[len(notes)-1].N
		}
	}
}
