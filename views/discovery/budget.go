package discovery

import (
	"context"
	"slices"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
)

// BudgetProps is the budget calculation of a list.
type BudgetProps struct {
	View     discovery.BudgetView
	Tribes   []creators.Tribe // the catalogue's, by which shares are named
	Amount   string           // as entered
	Errors   map[string]string
	Problems []components.Problem
}

func (p BudgetProps) amountField(ctx context.Context) components.Field {
	return components.Field{Name: "amount", Label: i18n.T(ctx, "discovery.shortlists.budget.amount"), Value: p.Amount, Error: p.Errors["amount"], InputMode: "decimal", Class: "w8"}
}

func (p BudgetProps) currencyField(ctx context.Context) components.Field {
	f := components.Field{Name: "currency", Label: i18n.T(ctx, "discovery.shortlists.budget.currency"), Value: p.View.Summary.Currency}
	for _, c := range models.Currencies() {
		f.Options = append(f.Options, components.Option{Value: c, Label: c})
	}
	return f
}

func (p BudgetProps) formatField(ctx context.Context) components.Field {
	f := components.Field{Name: "format", Label: i18n.T(ctx, "discovery.shortlists.budget.format"), Value: p.View.Format}
	for _, x := range content.Formats() {
		f.Options = append(f.Options, components.Option{Value: x, Label: creatorsview.FormatName(ctx, x)})
	}
	return f
}

// candidateName is the name of a candidate.
func (p BudgetProps) candidateName(c discovery.BudgetCandidate) string {
	return p.View.Entries[c.ID].Name
}

func (p BudgetProps) one(ctx context.Context) string {
	return creatorsview.OneOfFormat(ctx, p.View.Format)
}

// headline says what the budget buys.
func (p BudgetProps) headline(ctx context.Context) string {
	x := p.View.Purchase
	return i18n.T(ctx, "discovery.shortlists.budget.buys", "n", len(x.Bought), "of", len(p.View.Summary.Counted), "budget", i18n.WholeMoney(ctx, x.Budget))
}

func expectedViews(ctx context.Context, v discovery.ExpectedViews) string {
	return i18n.T(ctx, "discovery.shortlists.budget.range", "low", i18n.CompactNumber(ctx, v.Low), "high", i18n.CompactNumber(ctx, v.High))
}

// listFigures are the figures of the whole list, each with its explanation.
func (p BudgetProps) listFigures(ctx context.Context) []components.Figure {
	s := p.View.Summary
	posts := i18n.T(ctx, "discovery.shortlists.budget.one_each", "n", len(s.Counted), "format", p.one(ctx))
	all := []components.Figure{
		{
			Label: i18n.T(ctx, "discovery.shortlists.budget.views"), Value: i18n.Number(ctx, s.Views.Median), Note: expectedViews(ctx, s.Views),
			Made: components.FigureExplanation{
				Formula: i18n.T(ctx, "discovery.shortlists.formula.views", "low", s.Views.Low, "median", s.Views.Median, "high", s.Views.High),
				Kind:    i18n.T(ctx, "discovery.shortlists.budget.sum_of_medians"), Posts: i18n.T(ctx, "discovery.shortlists.budget.posts"),
			},
		},
		{
			Label: i18n.T(ctx, "discovery.shortlists.budget.price"), Value: i18n.WholeMoney(ctx, s.Price), Note: posts,
			Made: components.FigureExplanation{Formula: i18n.T(ctx, "discovery.shortlists.formula.price", "n", len(s.Counted), "sum", s.Price), Source: i18n.T(ctx, "discovery.shortlists.budget.price_source")},
		},
	}
	cpm := components.Figure{Label: i18n.T(ctx, "discovery.shortlists.budget.cpm"), Note: i18n.T(ctx, "discovery.shortlists.budget.cpm_note")}
	if s.CPM != nil {
		cpm.Value = i18n.Money(ctx, *s.CPM)
		cpm.Made = components.FigureExplanation{Formula: i18n.T(ctx, "discovery.shortlists.formula.cpm_is", "price", i18n.WholeMoney(ctx, s.Price), "views", s.Views.Median, "cpm", *s.CPM), Kind: i18n.T(ctx, "discovery.shortlists.budget.rounded")}
	}
	return append(all, cpm)
}

// moneyLines lists what was bought and what is left; it adds up to the budget.
func (p BudgetProps) moneyLines(ctx context.Context) []components.MoneyLine {
	x := p.View.Purchase
	var all []components.MoneyLine
	for _, c := range x.Bought {
		all = append(all, components.MoneyLine{Label: p.candidateName(c.BudgetCandidate), Note: i18n.T(ctx, "discovery.shortlists.budget.line", "views", i18n.CompactNumber(ctx, *c.MedianViews), "range", expectedViews(ctx, discovery.ExpectedViews{Low: *c.LowViews, High: *c.HighViews}), "cpm", *c.CPM), Amount: i18n.Money(ctx, *c.PostPrice)})
	}
	return append(all,
		components.MoneyLine{Kind: components.Sub, Label: i18n.T(ctx, "discovery.shortlists.budget.total"), Amount: i18n.Money(ctx, x.Total)},
		components.MoneyLine{Label: i18n.T(ctx, "discovery.shortlists.budget.left"), Amount: i18n.Money(ctx, x.Left)},
		components.MoneyLine{Kind: components.Total, Label: i18n.T(ctx, "discovery.shortlists.budget.whole"), Amount: i18n.Money(ctx, x.Budget)},
	)
}

func (p BudgetProps) candidateNames(ctx context.Context, all []discovery.PricedCandidate) string {
	var names []string
	for _, c := range all {
		names = append(names, p.candidateName(c.BudgetCandidate))
	}
	return i18n.JoinList(ctx, names)
}

// tribeShares is each tribe's share of the prices.
func (p BudgetProps) tribeShares(ctx context.Context) []components.BandRow {
	var rows []components.BandRow
	for _, s := range p.View.Summary.TribeShares {
		name := i18n.T(ctx, "discovery.shortlists.budget.no_tribe")
		if i := slices.IndexFunc(p.Tribes, func(t creators.Tribe) bool { return t.Slug == s.Tribe }); i >= 0 {
			name = p.Tribes[i].Display
		}
		rows = append(rows, components.BandRow{Label: name, Part: int((s.PPM + 5_000) / 10_000), Value: i18n.T(ctx, "discovery.shortlists.budget.share", "part", i18n.Percent(ctx, s.PPM), "amount", s.Amount)})
	}
	return rows
}

// absent is a creator who is not counted, and why.
type absent struct{ Name, Why string }

func (p BudgetProps) absentGroups(ctx context.Context) []absent {
	var all []absent
	add := func(some []discovery.BudgetCandidate, key string) {
		for _, c := range some {
			a := absent{Name: p.candidateName(c), Why: i18n.T(ctx, key, "format", p.one(ctx))}
			if key == "discovery.shortlists.budget.other_currency" {
				a.Why = i18n.T(ctx, key, "price", i18n.WholeMoney(ctx, *c.PostPrice))
			}
			all = append(all, a)
		}
	}
	add(p.View.Summary.OtherCurrency, "discovery.shortlists.budget.other_currency")
	add(p.View.Summary.NoPrice, "discovery.shortlists.budget.no_price")
	add(p.View.Summary.NoViews, "discovery.shortlists.budget.no_views")
	for _, e := range p.View.Unavailable {
		all = append(all, absent{Name: entryName(ctx, e), Why: i18n.T(ctx, "discovery.shortlists.standing."+string(e.Standing))})
	}
	return all
}

func formulaCPE(ctx context.Context, c discovery.PricedCandidate) string {
	return i18n.T(ctx, "discovery.shortlists.formula.cpe", "price", i18n.WholeMoney(ctx, *c.PostPrice), "rate", i18n.Percent(ctx, *c.EngagementPPM), "views", *c.MedianViews)
}
