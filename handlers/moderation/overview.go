package moderation

import (
	"context"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/views/components"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// showAdmin is where administrators begin: what waits for them, and numbers.
func (h *Handlers) showAdmin(c echo.Context) error {
	ctx := c.Request().Context()
	o, err := h.Moderation.Overview(ctx, web.ActorOf(c))
	if err != nil {
		return err
	}
	p := moderationview.OverviewProps{Lead: i18n.T(ctx, "moderation.admin.lead", "today", i18n.WeekdayDate(ctx, h.Clock())), Href: paths.AdminReports()}
	if o.OpenReports > 0 {
		p.Waits = i18n.T(ctx, "moderation.admin.waits.reports", "n", o.OpenReports)
	}
	for _, f := range []struct {
		key string
		n   int64
	}{
		{"people", o.People}, {"brands", o.Brands}, {"creators", o.Creators}, {"claimed", o.Claimed}, {"listed", o.Listed},
		{"open_proposals", o.OpenProposals}, {"running_deals", o.RunningDeals}, {"suspended", o.Suspended}, {"unsealed", o.Unsealed},
	} {
		p.Figures = append(p.Figures, components.Figure{Label: i18n.T(ctx, "moderation.admin.figure."+f.key), Value: i18n.Number(ctx, f.n)})
	}
	p.Index = indexFacts(ctx, h.Search.IndexState())
	p.Failures = moderationview.Table{Caption: i18n.T(ctx, "moderation.admin.jobs"), Columns: web.AdminColumns(ctx, "job", "retried", "given_up")}
	for _, f := range o.Failures {
		p.Failures.Rows = append(p.Failures.Rows, []moderationview.Cell{{Text: f.Job}, {Text: i18n.Number(ctx, f.Retried)}, {Text: i18n.Number(ctx, f.GivenUp)}})
	}
	return h.RenderAdmin(c, 200, i18n.T(ctx, "moderation.admin.title"), moderationview.Overview(p))
}

// personID is the number in an address.
func personID(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, models.NotFound()
	}
	return id, nil
}

// auditLink leads to what happened to something.
func auditLink(ctx context.Context, subject string) components.Fact {
	return components.Fact{Label: i18n.T(ctx, "moderation.admin.history"), Href: paths.AdminAudit(url.Values{"subject": {subject}})}
}

func fact(ctx context.Context, key, value string) components.Fact {
	return components.Fact{Label: i18n.T(ctx, "moderation.admin.column."+key), Value: value}
}
