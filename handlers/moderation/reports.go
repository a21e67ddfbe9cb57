package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
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
	return h.renderReportForm(c, 200, reportForm{About: c.QueryParam("about"), ID: c.QueryParam("id")}, nil, "")
}

// sendReport saves the report.
func (h *Handlers) sendReport(c echo.Context) error {
	var f reportForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ctx := c.Request().Context()
	err := h.Moderation.SubmitReport(ctx, web.ActorOf(c), moderation.ReportForm{About: moderation.Kind(f.About), ID: f.ID, Reason: moderation.ReportReason(f.Reason), Words: f.Words})
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderReportForm(c, 422, f, fields, "")
	}
	if conflict, ok := web.AsConflict(err); ok {
		return h.renderReportForm(c, 409, f, nil, i18n.T(ctx, conflict.Key, conflict.Args...))
	}
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.said.reported")
	return web.SeeOther(c, paths.BlockSettings())
}

func (h *Handlers) renderReportForm(c echo.Context, status int, f reportForm, fields models.Fields, refused string) error {
	ctx := c.Request().Context()
	sub, err := h.Moderation.ReadReportSubject(ctx, web.ActorOf(c), moderation.Kind(f.About), f.ID)
	if err != nil {
		return err
	}
	p := moderationview.ReportFormProps{
		About: f.About, ID: f.ID, Name: sub.Name, Kind: i18n.T(ctx, "moderation.kind."+f.About), Back: moderationview.SubjectPath(sub.Kind, f.ID),
		Reason: f.Reason, Words: f.Words, Errors: components.FieldTexts(ctx, fields), Problems: components.FieldProblems(ctx, fields, ""), Refused: refused,
	}
	for _, r := range moderation.ReportReasons() {
		p.Reasons = append(p.Reasons, components.Option{Value: string(r), Label: i18n.T(ctx, r.MessageKey())})
	}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "moderation.report.title", "name", sub.Name), Head: layouts.Head{NoIndex: true}, Body: moderationview.ReportForm(p)})
}
