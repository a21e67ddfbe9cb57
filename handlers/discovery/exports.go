package discovery

import (
	"io"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/sheets"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	discoveryview "tribemarket/views/discovery"
)

// exportSearch sends the creators whom the search of the URL finds, in its
// order.
func (h *Handlers) exportSearch(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	filter, _, err := h.Search.ReadFilter(ctx, c.QueryParams())
	if err != nil {
		return err
	}
	if filter.Hidden, err = h.Moderation.CreatorsHiddenFrom(ctx, actor); err != nil {
		return err
	}
	if err := h.Discovery.CountExport(ctx, actor); err != nil {
		return err
	}
	return h.sendSheet(c, "creators", h.exportColumns(filter.PriceFormat()), func(take func(exportRow) error) error {
		return h.Discovery.EachSearchHit(ctx, filter, func(hit search.Hit) error { return take(rowOfHit(hit)) })
	})
}

// exportShortlist sends a list of the brand, with its notes and labels.
func (h *Handlers) exportShortlist(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	f := discovery.ShortlistFilter{Label: c.QueryParam("label"), Sort: discovery.ShortlistSort(c.QueryParam("sort"))}
	v, err := h.Discovery.ReadShortlist(ctx, actor, c.Param("id"), f)
	if err != nil {
		return err
	}
	if err := h.Discovery.CountExport(ctx, actor); err != nil {
		return err
	}
	columns := append(h.exportColumns(search.DefaultFormat), shortlistColumns()...)
	return h.sendSheet(c, "shortlist", columns, func(take func(exportRow) error) error {
		for _, entry := range v.Entries {
			if err := take(rowOfEntry(entry)); err != nil {
				return err
			}
		}
		return nil
	})
}

// exportComparison sends the creators of a comparison, a row for each.
func (h *Handlers) exportComparison(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	all, err := h.Discovery.CompareCreators(ctx, actor, c.QueryParams()["c"])
	if err != nil {
		return err
	}
	if err := h.Discovery.CountExport(ctx, actor); err != nil {
		return err
	}
	return h.sendSheet(c, "comparison", h.exportColumns(search.DefaultFormat), func(take func(exportRow) error) error {
		for _, b := range all.Creators {
			if err := take(rowOfBrief(b)); err != nil {
				return err
			}
		}
		return nil
	})
}

// exportFormat is a file format in which a table is sent.
type exportFormat struct {
	ending, contentType string
	write               sheets.TableWriter
}

// exportFormatOf is the format given by the path, .csv or .xlsx.
func exportFormatOf(path string) exportFormat {
	if strings.HasSuffix(path, ".xlsx") {
		return exportFormat{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheets.WriteXLSX}
	}
	return exportFormat{"csv", "text/csv; charset=utf-8; header=present", sheets.WriteCSV}
}

// sendSheet sends a table in the format given by the path. A CSV file is the same in
// every language; a workbook has headings in the reader's.
func (h *Handlers) sendSheet(c echo.Context, name string, columns []exportColumn, rows func(func(exportRow) error) error) error {
	ctx, format := c.Request().Context(), exportFormatOf(c.Path())
	headings := columnNames(columns)
	if format.ending == "xlsx" {
		headings = discoveryview.ExportHeadings(ctx, headings)
	}
	file := name + "-" + h.Clock().UTC().Format(time.DateOnly) + "." + format.ending
	return h.SendExport(c, file, format.contentType, func(w io.Writer, share func()) error {
		return format.write(w, discoveryview.ExportTitle(ctx, name), headings, cellsOf(columns, func(take func(exportRow) error) error {
			return rows(func(x exportRow) error { share(); return take(x) })
		}))
	})
}

func columnNames(columns []exportColumn) []string {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.name
	}
	return names
}

// cellsOf yields the cells of each row, reusing the same slice.
func cellsOf(columns []exportColumn, rows func(func(exportRow) error) error) sheets.EachRow {
	cells := make([]sheets.Cell, len(columns))
	return func(take func([]sheets.Cell) error) error {
		return rows(func(x exportRow) error {
			for i, column := range columns {
				cells[i] = column.cell(x)
			}
			return take(cells)
		})
	}
}
