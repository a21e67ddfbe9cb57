package creators

import (
	"context"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/views/components"
)

// LimitFacts describes a creator's limits in words.
func LimitFacts(ctx context.Context, g creators.CreatorLimits) []components.Fact {
	var all []components.Fact
	for _, format := range content.Formats() {
		var amounts []string
		for _, m := range g.Minimums {
			if m.Format == format {
				amounts = append(amounts, i18n.WholeMoney(ctx, m.Money()))
			}
		}
		if len(amounts) > 0 {
			all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.minimum_of", "format", i18n.T(ctx, "deals.format."+format)), Value: strings.Join(amounts, " / ")})
		}
	}
	if len(g.RefusedCategories) > 0 {
		names := make([]string, len(g.RefusedCategories))
		for i, r := range g.RefusedCategories {
			names[i] = i18n.T(ctx, "creators.category."+r)
		}
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.refused_short"), Value: i18n.JoinList(ctx, names)})
	}
	if g.Capacity > 0 {
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.capacity_short"), Value: i18n.T(ctx, "creators.limits.capacity_value", "n", g.Capacity)})
	}
	for _, a := range g.Absences {
		from, _ := models.ParseDate(a.FromOn)
		to, _ := models.ParseDate(a.ToOn)
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.away_short"), Value: i18n.T(ctx, "creators.limits.away_value", "from", from, "to", to)})
	}
	return all
}

// limitFacts are the creator's limits, and when they next have room.
func (p MediaKitProps) limitFacts(ctx context.Context) []components.Fact {
	all := LimitFacts(ctx, p.Kit.Limits)
	month, left := p.Kit.Limits.MonthWithRoom(p.Now.In(p.Kit.Creator.Location()).Format("2006-01"), p.Kit.Busy)
	if month != "" {
		day, _ := models.ParseDate(month + "-01")
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.limits.room"), Value: i18n.T(ctx, "creators.limits.room_value", "n", left, "month", i18n.Month(ctx, day))})
	}
	return all
}
