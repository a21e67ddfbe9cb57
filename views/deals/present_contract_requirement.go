package deals

import (
	"context"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models/contracts"
	"tribemarket/views/components"
)

// ContractRequirement says what a brand and a creator reach in the year; it is empty where no
// law asks.
type ContractRequirement struct {
	Kind  string
	Title string
	Note  string // what the sum counts, where that is not plain
	Text  string
	LawID string
}

// PresentContractRequirement puts a requirement into words.
func PresentContractRequirement(ctx context.Context, r contracts.Requirement, brand, creator string) ContractRequirement {
	var p ContractRequirement
	if r.Law == nil {
		return p
	}
	sum := "contracts.total.objective"
	if r.Objective == "" {
		sum = "contracts.total.year"
		p.Note = i18n.T(ctx, "contracts.total.all")
	}
	p.LawID, p.Title = r.Law.ID, i18n.T(ctx, sum, "brand", brand, "creator", creator, "total", totalText(ctx, r), "year", strconv.Itoa(r.Year), "amount", r.Law.Contract.From)
	if r.Reason != contracts.NoReason {
		p.Kind = components.Late
	}
	reason := r.Reason
	if reason == contracts.NoReason {
		reason = contracts.NearThreshold
	}
	p.Text = i18n.T(ctx, "contracts.total.why."+string(reason), "year", strconv.Itoa(r.Year), "amount", r.Law.Contract.From)
	return p
}

// totalText is what both come to, each currency apart.
func totalText(ctx context.Context, r contracts.Requirement) string {
	var sums []string
	if !r.Total.IsZero() || len(r.Others) == 0 {
		sums = append(sums, i18n.Money(ctx, r.Total))
	}
	for _, m := range r.Others {
		sums = append(sums, i18n.Money(ctx, m))
	}
	return i18n.JoinList(ctx, sums)
}
