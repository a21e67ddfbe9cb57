package site

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/workflow"
)

// PresentRules describes the two tables of states in words.
func PresentRules(ctx context.Context) RulesProps {
	var p RulesProps
	for _, s := range negotiation.Table.States() {
		rule := negotiation.Table.Rule(s)
		row := Rule{State: i18n.T(ctx, s.Key())}
		if !rule.Final() {
			row.Waits, row.Otherwise = sideName(ctx, rule.Waits), i18n.T(ctx, "negotiation.rules.then."+string(rule.AtDeadline))
			row.Until = deadlineRule(ctx, rule.Deadline)
		}
		p.Negotiations = append(p.Negotiations, row)
	}
	for _, s := range deals.DeliverableTable.States() {
		rule := deals.DeliverableTable.Rule(s)
		row := Rule{State: i18n.T(ctx, s.Key())}
		if !rule.Final() {
			row.Waits, row.Until, row.Otherwise = sideName(ctx, rule.Waits), deadlineRule(ctx, rule.Deadline), ruleOtherwise(ctx, rule)
		}
		p.Deliverables = append(p.Deliverables, row)
	}
	return p
}

// sideName names a side.
func sideName(ctx context.Context, s models.Side) string { return i18n.T(ctx, "deals.side."+string(s)) }

// deadlineRule says by when the side must act in a state.
func deadlineRule(ctx context.Context, d workflow.Deadline) string {
	key, args := d.Message()
	return i18n.T(ctx, key, args...)
}

// ruleOtherwise says what happens at the deadline, or who may then end the deal.
func ruleOtherwise(ctx context.Context, r workflow.Rule[deals.State]) string {
	if r.AtDeadline != "" {
		return i18n.T(ctx, "deals.rules.then."+string(r.AtDeadline))
	}
	who := sideName(ctx, models.SideBrand)
	if len(deals.DeliverableTable.SidesWhenLate(r.State)) > 1 {
		who = i18n.T(ctx, "deals.side.either")
	}
	if days := r.Deadline.Grace; days > 0 {
		return i18n.T(ctx, "deals.rules.then.end_after", "who", who, "days", days)
	}
	return i18n.T(ctx, "deals.rules.then.end", "who", who)
}
