package contracts

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/contracts"
)

// LawProps is a law as the page of laws shows it.
type LawProps struct {
	ID      string
	Name    string
	Where   string
	Text    string
	Amount  string // from which a contract is asked for, "" for none
	Clauses []string
	Since   string
	Sources []contracts.Source
}

// PresentLaws shows the laws that the site knows.
func PresentLaws(ctx context.Context) []LawProps {
	var all []LawProps
	for _, l := range contracts.Laws() {
		p := LawProps{
			ID: l.ID, Name: lawName(ctx, l), Where: lawPlace(ctx, l.Country), Text: i18n.T(ctx, "contracts.law."+l.ID+".text"),
			Clauses: PresentClauses(ctx, []contracts.Law{l}), Since: i18n.T(ctx, "contracts.laws.since", "day", i18n.Day(ctx, l.From)), Sources: l.Sources,
		}
		if l.Contract != nil {
			p.Amount = i18n.T(ctx, "contracts.laws.amount", "amount", l.Contract.From, "percent", l.Contract.WarnPercent)
		}
		all = append(all, p)
	}
	return all
}

func lawName(ctx context.Context, l contracts.Law) string {
	return i18n.T(ctx, "contracts.law."+l.ID+".name")
}

func lawPlace(ctx context.Context, country string) string {
	if country == contracts.EuropeanUnion {
		return i18n.T(ctx, "contracts.laws.union")
	}
	return i18n.Country(ctx, country)
}

// PresentClauses are the sentences that a contract says because of laws.
func PresentClauses(ctx context.Context, all []contracts.Law) []string {
	var texts []string
	for _, c := range contracts.ClausesOf(all) {
		texts = append(texts, i18n.T(ctx, "contracts.clause."+c))
	}
	return texts
}
