package negotiation

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	dealsview "tribemarket/views/deals"
)

// presentCycles presents the deals to which repeated terms lead, with links to those that have
// begun.
func presentCycles(ctx context.Context, n negotiation.Negotiation) dealsview.CyclesPart {
	t := n.Latest.Terms
	if n.State != negotiation.Agreed || n.ClosedAt == nil {
		return previewCycles(ctx, t)
	}
	all := deals.PreviewCycles(t, models.DateOf(n.ClosedAt.In(models.Zone(n.Zone))))
	for i, id := range n.Deals {
		if i < len(all) {
			all[i].Deal = id
		}
	}
	return cyclesPart(ctx, t, all, true, i18n.T(ctx, "deals.cycles.agreed"))
}

// previewCycles presents the deals to which repeated terms would lead, whenever they are agreed.
func previewCycles(ctx context.Context, t terms.Terms) dealsview.CyclesPart {
	return cyclesPart(ctx, t, deals.PreviewCycles(t, t.FirstDue()), false, i18n.T(ctx, "deals.cycles.preview"))
}

func cyclesPart(ctx context.Context, t terms.Terms, all []deals.Cycle, begins bool, says string) dealsview.CyclesPart {
	if len(all) == 0 {
		return dealsview.CyclesPart{}
	}
	lines := []string{says}
	if fee := t.FeeSum(); fee.Minor > 0 {
		lines = append(lines, i18n.T(ctx, "deals.cycles.fee", "fee", i18n.Money(ctx, fee), "sum", i18n.Money(ctx, t.Money(fee.Minor*int64(t.Cycles())))))
	}
	return dealsview.CyclesPart{Note: i18n.T(ctx, "terms.repetition.months", "n", len(all)), Lines: lines, Rows: dealsview.PresentCycleRows(ctx, all, begins)}
}
