package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/views/layouts"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

type reportForm struct {
	About  string `form:"about"`
	ID     string `form:"id"`
	Reason string `form:"reason"`
	Words  string `form:"words"`
}

// showReportForm asks why something is reported.
func (h *Handlers) showReportForm(c echo.Context) error {
	return h.renderReportForm(c, 200, moderation.ReportForm{About: moderation.Kind(c.QueryParam("about")), ID: c.QueryParam("id")}, nil, nil)
}

// sendReport saves the report.
func (h *Handlers) sendReport(c echo.Context) error {
	var f reportForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	report := moderation.ReportForm{About: moderation.Kind(f.About), ID: f.ID, Reason: moderation.ReportReason(f.Reason), Words: f.Words}
	err := h.Moderation.SubmitReport(c.Request().Context(), web.ActorOf(c), report)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderReportForm(c, 422, report, fields, nil)
	}
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderReportForm(c, 409, report, nil, conflict)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.said.reported")
	return web.SeeOther(c, paths.BlockSettings())
}

func (h *Handlers) renderReportForm(c echo.Context, status int, f moderation.ReportForm, fields models.Fields, refused *models.Error) error {
	ctx := c.Request().Context()
	sub, err := h.Moderation.ReadReportSubject(ctx, web.ActorOf(c), f.About, f.ID)
	if err != nil {
		return err
	}
	p := moderationview.PresentReportForm(ctx, sub, f, fields, refused)
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "moderation.report.title", "name", sub.Name), Head: layouts.Head{NoIndex: true}, Body: moderationview.ReportForm(p)})
}
