package handlers

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/views/site"
)

// rulesProps puts the two tables of states into words.
func rulesProps(ctx context.Context) site.RulesProps {
	var p site.RulesProps
	for _, s := range deals.ProposalTable.States() {
		rule := deals.ProposalTable.Rule(s)
		row := site.Rule{State: i18n.T(ctx, s.Key())}
		if !rule.Final() {
			row.Waits, row.Otherwise = sideName(ctx, rule.Waits), i18n.T(ctx, "deal.rules.then."+string(rule.AtDeadline))
			row.Until = i18n.T(ctx, "deal.rules.until.expiry", "days", deals.ExpiresDays, "most", deals.MaxExpiresDays)
		}
		p.Proposals = append(p.Proposals, row)
	}
	for _, s := range deals.DeliverableTable.States() {
		rule := deals.DeliverableTable.Rule(s)
		row := site.Rule{State: i18n.T(ctx, s.Key())}
		if !rule.Final() {
			row.Waits, row.Until, row.Otherwise = sideName(ctx, rule.Waits), ruleUntil(ctx, rule), ruleOtherwise(ctx, rule)
		}
		p.Deliverables = append(p.Deliverables, row)
	}
	return p
}

func sideName(ctx context.Context, s models.Side) string { return i18n.T(ctx, "deal.side."+string(s)) }

const day = 24 * time.Hour

// ruleUntil finds out what a deadline counts from by trying it: the moment at
// which the state is entered, the agreed day, or the later of both.
func ruleUntil(ctx context.Context, r deals.Rule[deals.State]) string {
	entered := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	agreed := entered.AddDate(1, 0, 0)
	after := int(r.Due(deals.Moments{Entered: entered, Agreed: entered}).Sub(entered) / day)
	switch {
	case !r.Due(deals.Moments{Entered: entered, Agreed: agreed}).Equal(agreed):
		return i18n.T(ctx, "deal.rules.until.after", "days", after)
	case after == 0:
		return i18n.T(ctx, "deal.rules.until.due")
	}
	return i18n.T(ctx, "deal.rules.until.later", "days", after)
}

// ruleOtherwise is what the deadline brings about, or who may then end the deal.
func ruleOtherwise(ctx context.Context, r deals.Rule[deals.State]) string {
	if r.AtDeadline != "" {
		return i18n.T(ctx, "deal.rules.then."+string(r.AtDeadline))
	}
	who := sideName(ctx, models.SideBrand)
	if len(deals.DeliverableTable.MayEndLate(r.State)) > 1 {
		who = i18n.T(ctx, "deal.side.either")
	}
	if r.Grace > 0 {
		return i18n.T(ctx, "deal.rules.then.end_after", "who", who, "days", int(r.Grace/day))
	}
	return i18n.T(ctx, "deal.rules.then.end", "who", who)
}
