package moderation

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// listReports lists reports: the open ones, unless the URL says otherwise.
func (h *Handlers) listReports(c echo.Context) error {
	ctx := c.Request().Context()
	f := moderation.ReportFilter{Decided: c.QueryParam("state") == "decided", After: c.QueryParam("after"), Sort: readSort(c)}
	rows, next, err := h.Moderation.ListReports(ctx, web.ActorOf(c), f)
	if err != nil {
		return err
	}
	p := moderationview.PresentReports(ctx, f, rows, next)
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

type decisionForm struct {
	Decision string `form:"decision"`
	Note     string `form:"note"`
}

// showReport shows a report, with what is needed to decide it.
func (h *Handlers) showReport(c echo.Context) error {
	return h.renderReport(c, 200, decisionForm{}, nil)
}

func (h *Handlers) renderReport(c echo.Context, status int, f decisionForm, fields models.Fields) error {
	ctx := c.Request().Context()
	r, err := h.Moderation.ReadReportCase(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	p := moderationview.PresentReport(ctx, r, moderationview.DecisionAnswer{Decision: f.Decision, Note: f.Note, Fields: fields})
	return h.RenderAdmin(c, status, p.Title, moderationview.AdminDetail(p))
}

// decideReport closes a report.
func (h *Handlers) decideReport(c echo.Context) error {
	var f decisionForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Moderation.DecideReport(c.Request().Context(), web.ActorOf(c), c.Param("id"), moderation.Decision(f.Decision), f.Note)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderReport(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.admin.said.decided")
	return web.SeeOther(c, paths.AdminReport(c.Param("id")))
}

// reopenReport undoes a decision.
func (h *Handlers) reopenReport(c echo.Context) error {
	if err := h.Moderation.ReopenReport(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "moderation.admin.said.reopened")
	return web.SeeOther(c, paths.AdminReport(c.Param("id")))
}
