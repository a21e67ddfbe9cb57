package terms

import (
	"context"
	"strconv"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/terms"
)

func sayRights(ctx context.Context, t terms.Terms) string {
	parts := make([]string, len(t.Rights))
	for i, u := range t.Rights {
		parts[i] = sayRight(ctx, u)
	}
	return i18n.JoinParts(ctx, parts...)
}

func sayRight(ctx context.Context, u terms.UsageRight) string {
	words := []string{i18n.T(ctx, "terms.rights.days", "n", u.Days)}
	if !u.StartsOn.IsZero() {
		words[0] = i18n.T(ctx, "terms.rights.from", "n", u.Days, "day", i18n.Day(ctx, u.StartsOn))
	}
	if u.Deliverable > 0 {
		words = append(words, i18n.T(ctx, "terms.rights.of", "number", strconv.Itoa(u.Deliverable)))
	}
	words = append(words, i18n.T(ctx, "terms.channel."+u.Channel))
	if u.Use != "" {
		words = append(words, i18n.T(ctx, "terms.rights.use."+u.Use))
	}
	if len(u.Territory) > 0 {
		words = append(words, i18n.T(ctx, "terms.rights.in", "countries", countries(ctx, u.Territory)))
	} else if u.Use != "" {
		words = append(words, i18n.T(ctx, "terms.rights.world"))
	} else {
		words = append(words, i18n.T(ctx, "terms.rights.unsaid"))
	}
	return strings.Join(words, ", ")
}

func sayExclusivity(ctx context.Context, t terms.Terms) string {
	if t.Exclusivity.Days == 0 {
		return ""
	}
	return i18n.T(ctx, "terms.exclusivity.days", "n", t.Exclusivity.Days, "category", i18n.T(ctx, "creators.category."+t.Exclusivity.Category))
}

func sayKillFee(ctx context.Context, t terms.Terms) string {
	k := t.KillFee
	if k == (terms.KillFee{}) {
		return ""
	}
	return i18n.T(ctx, "terms.kill_fee.stages", "before", k.BeforeDraft, "after", k.AfterDraft, "approved", k.AfterApproval)
}

// Definition says how platforms count by a version of the definition.
func Definition(ctx context.Context, version int) string {
	return i18n.T(ctx, "terms.definition."+strconv.Itoa(version))
}

func sayGuarantee(ctx context.Context, t terms.Terms) string {
	g := t.Guarantee
	if g.Metric == "" {
		return ""
	}
	words := i18n.T(ctx, "terms.guarantee."+g.Metric, "least", i18n.Number(ctx, g.Least), "days", g.Days)
	if g.Definition > 0 {
		words = i18n.JoinParts(ctx, words, i18n.T(ctx, "terms.guarantee.defined", "day", i18n.Day(ctx, g.DefinedOn), "counted", Definition(ctx, g.Definition)))
	}
	return words
}

func sayShipment(ctx context.Context, t terms.Terms) string {
	words := counted(ctx, "terms.shipment.days", t.Shipment.Days)
	if words != "" && t.Shipment.Return {
		words = i18n.JoinParts(ctx, words, i18n.T(ctx, "terms.shipment.return"))
	}
	return words
}

func sayRepetition(ctx context.Context, t terms.Terms) string {
	if t.Repetition.Months < 2 {
		return ""
	}
	words := i18n.T(ctx, "terms.repetition.months", "n", t.Repetition.Months)
	if t.Repetition.NoticeDays > 0 {
		words = i18n.JoinParts(ctx, words, i18n.T(ctx, "terms.repetition.notice", "n", t.Repetition.NoticeDays))
	}
	return words
}
