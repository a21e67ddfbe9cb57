package moderation

import (
	"context"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/moderation"
	"tribemarket/models/search"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// PresentOverview presents what waits for administrators, and figures.
func PresentOverview(ctx context.Context, o moderation.AdminOverview, trends []moderation.Trend, index search.IndexState, now time.Time) OverviewProps {
	p := OverviewProps{Lead: i18n.T(ctx, "moderation.admin.lead", "today", i18n.WeekdayDate(ctx, now)), Href: paths.AdminReports()}
	if o.OpenReports > 0 {
		p.Waits = i18n.T(ctx, "moderation.admin.waits.reports", "n", o.OpenReports)
	}
	for _, f := range []struct {
		key string
		n   int64
	}{
		{"people", o.People}, {"brands", o.Brands}, {"creators", o.Creators}, {"claimed", o.Claimed}, {"listed", o.Listed},
		{"open_negotiations", o.OpenNegotiations}, {"running_deals", o.RunningDeals}, {"suspended", o.Suspended}, {"unsealed", o.Unsealed},
	} {
		p.Figures = append(p.Figures, components.Figure{Label: i18n.T(ctx, "moderation.admin.figure."+f.key), Value: i18n.Number(ctx, f.n)})
	}
	for _, t := range trends {
		label := i18n.T(ctx, "moderation.admin.trend."+string(t.What))
		counts := make([]string, len(t.ByWeek))
		for i, n := range t.ByWeek {
			counts[i] = i18n.Number(ctx, n)
		}
		p.Trends = append(p.Trends, TrendFigure{
			Figure: components.Figure{Label: label, Value: i18n.Number(ctx, t.Total), Note: i18n.T(ctx, "moderation.admin.trend.this_week", "n", t.ByWeek[len(t.ByWeek)-1])},
			Title:  i18n.T(ctx, "moderation.admin.trend.title", "what", label, "counts", strings.Join(counts, ", ")), ByWeek: t.ByWeek,
		})
	}
	p.Index = indexFacts(ctx, index)
	p.Work, _ = presentVerdict(ctx, o.Work)
	return p
}

// indexFacts describe this node's search index; there are none before it is built.
func indexFacts(ctx context.Context, s search.IndexState) []components.Fact {
	if !s.Ready {
		return nil
	}
	var all []components.Fact
	for _, f := range []struct{ key, value string }{
		{"accounts", i18n.Number(ctx, int64(s.Rows))},
		{"creators", i18n.Number(ctx, int64(s.Creators))},
		{"memory", i18n.T(ctx, "moderation.admin.index.megabytes", "n", i18n.Decimal(ctx, s.Bytes/100_000, 1))},
		{"built", i18n.DateTime(ctx, s.BuiltAt)},
		{"took", i18n.T(ctx, "moderation.admin.index.seconds", "n", i18n.Decimal(ctx, int64(s.Took/(100*time.Millisecond)), 1))},
		{"segments", i18n.Number(ctx, int64(s.Segments))},
		{"merged", i18n.DateTime(ctx, s.MergedAt)},
	} {
		all = append(all, components.Fact{Label: i18n.T(ctx, "moderation.admin.index."+f.key), Value: f.value})
	}
	return all
}
