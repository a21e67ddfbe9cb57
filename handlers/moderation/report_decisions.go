package moderation

import (
	"context"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// adminReports lists reports: the open ones, unless the address says otherwise.
func (h *Handlers) adminReports(c echo.Context) error {
	ctx, open := c.Request().Context(), c.QueryParam("state") != "decided"
	rows, next, err := h.Moderation.Reports(ctx, web.ActorOf(c), open, c.QueryParam("after"))
	if err != nil {
		return err
	}
	here := paths.AdminReports()
	state := "decided"
	if open {
		state = ""
	}
	p := moderationview.AdminListProps{
		Title: i18n.T(ctx, "moderation.admin.nav.reports"), Here: here, Empty: i18n.T(ctx, "moderation.admin.reports.none"),
		Choices: []components.Tab{{Href: here, Label: i18n.T(ctx, "moderation.admin.reports.open"), Here: open}, {Href: paths.List(here, "state", "decided", ""), Label: i18n.T(ctx, "moderation.admin.reports.decided"), Here: !open}},
		Table:   moderationview.Table{Caption: i18n.T(ctx, "moderation.admin.nav.reports"), Columns: web.AdminColumns(ctx, "about", "reason", "reporter", "on", "decision")},
	}
	for _, r := range rows {
		kind := components.Late
		if r.Decision != moderation.Undecided {
			kind = components.Off
		}
		p.Table.Rows = append(p.Table.Rows, []moderationview.Cell{
			{Text: r.Name, Href: paths.AdminReport(r.PublicID), Note: i18n.T(ctx, "moderation.kind."+string(r.Kind))}, {Text: i18n.T(ctx, r.Reason.Key())},
			{Text: r.Reporter, Href: paths.AdminPerson(r.PersonID)}, {Text: i18n.Date(ctx, r.CreatedAt)}, {Text: i18n.T(ctx, r.Decision.Key()), Kind: kind, Sign: true},
		})
	}
	if next != "" {
		p.Pager.Next = paths.List(here, "state", state, next)
	}
	if c.QueryParam("after") != "" {
		p.Pager.First = paths.List(here, "state", state, "")
	}
	return h.RenderAdmin(c, 200, p.Title, moderationview.AdminList(p))
}

type decisionForm struct {
	Decision string `form:"decision"`
	Note     string `form:"note"`
}

// adminReport shows one, with what is needed to decide it.
func (h *Handlers) adminReport(c echo.Context) error {
	return h.adminReportPage(c, 200, decisionForm{}, nil)
}

func (h *Handlers) adminReportPage(c echo.Context, status int, f decisionForm, fields models.Fields) error {
	ctx := c.Request().Context()
	r, err := h.Moderation.Case(ctx, web.ActorOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	about := components.Fact{Label: i18n.T(ctx, "moderation.admin.column.about"), Value: r.Name, Href: paths.AdminCreator(r.CreatorPublicID)}
	if r.BrandPublicID != "" {
		about.Href = paths.AdminBrand(r.BrandPublicID)
	}
	p := moderationview.AdminDetailProps{
		Title: i18n.T(ctx, "moderation.admin.report.title", "name", r.Name), Here: paths.AdminReports(), HereName: i18n.T(ctx, "moderation.admin.nav.reports"), Problems: components.FieldProblems(ctx, fields, ""),
		Parts: []moderationview.DetailPart{{ID: "report", Name: i18n.T(ctx, "moderation.admin.part.report"), Text: r.Words, Facts: present([]components.Fact{
			about, fact(ctx, "reported", i18n.T(ctx, "moderation.kind."+string(r.Kind))), fact(ctx, "reason", i18n.T(ctx, r.Reason.Key())),
			{Label: i18n.T(ctx, "moderation.admin.column.reporter"), Value: r.Reporter, Href: paths.AdminPerson(r.PersonID)},
			fact(ctx, "on", i18n.Date(ctx, r.CreatedAt)), fact(ctx, "before", i18n.Number(ctx, r.Before)), fact(ctx, "suspended_for", r.SuspendedReason),
		})}},
		Decision: decisionProps(ctx, r, f, fields),
	}
	if r.Product != "" {
		p.Parts = append(p.Parts, moderationview.DetailPart{ID: "proposal", Name: i18n.T(ctx, "moderation.kind."+string(r.Kind)), Text: r.Message, Facts: present([]components.Fact{
			fact(ctx, "product", r.Product), fact(ctx, "brand", r.BrandName), fact(ctx, "creator", r.CreatorName),
		})})
	}
	return h.RenderAdmin(c, status, p.Title, moderationview.AdminDetail(p))
}

func decisionProps(ctx context.Context, r moderation.Case, f decisionForm, fields models.Fields) *moderationview.Decision {
	d := &moderationview.Decision{Action: paths.AdminDecision(r.PublicID), Undo: paths.AdminReopening(r.PublicID), Note: f.Note, Chosen: f.Decision, Errors: components.FieldTexts(ctx, fields)}
	if r.Decision != moderation.Undecided {
		d.Note, d.Decided = r.Note, i18n.T(ctx, "moderation.admin.decided", "what", i18n.T(ctx, r.Decision.Key()), "who", r.DecidedByName, "on", i18n.Date(ctx, *r.DecidedAt))
	}
	for _, x := range moderation.Decisions() {
		d.Options = append(d.Options, components.Option{Value: string(x), Label: i18n.T(ctx, x.Key()), Note: i18n.T(ctx, x.Key()+".note")})
	}
	return d
}

// decideReport closes a report.
func (h *Handlers) decideReport(c echo.Context) error {
	var f decisionForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	err := h.Moderation.Decide(c.Request().Context(), web.ActorOf(c), c.Param("id"), moderation.Decision(f.Decision), f.Note)
	if fields, ok := web.InvalidFields(err); ok {
		return h.adminReportPage(c, 422, f, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "moderation.admin.said.decided")
	return web.SeeOther(c, paths.AdminReport(c.Param("id")))
}

// reopenReport undoes a decision.
func (h *Handlers) reopenReport(c echo.Context) error {
	if err := h.Moderation.Reopen(c.Request().Context(), web.ActorOf(c), c.Param("id")); err != nil {
		return err
	}
	h.Flash(c, "moderation.admin.said.reopened")
	return web.SeeOther(c, paths.AdminReport(c.Param("id")))
}
