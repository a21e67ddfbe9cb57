package deals

import (
	"context"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
)

// presentProposalAside says who receives the proposal and what it adds up to.
func presentProposalAside(ctx context.Context, to creators.CreatorSummary, f ProposalAnswers) ProposalAsideProps {
	a := to.Account
	s := ProposalAsideProps{Creator: PartyPanel{
		Heading: i18n.T(ctx, "deals.creator"), Name: to.Creator.Name, Line: "@" + a.Handle,
		Avatar: filesview.CreatorAvatar(to.Creator.PublicID, to.Creator.Name, to.Face, components.Small),
		Href:   paths.Creator(to.Creator.PublicID), Link: i18n.T(ctx, "deals.creator.page"),
		Facts: []components.Fact{
			{Label: i18n.T(ctx, "deals.platform"), Value: i18n.T(ctx, "deals.platform."+a.Platform)},
			{Label: i18n.T(ctx, "deals.proposal.side.followers"), Value: i18n.Number(ctx, a.Followers)},
		},
	}}
	if to.Creator.Country != "" {
		s.Creator.Facts = append(s.Creator.Facts, components.Fact{Label: i18n.T(ctx, "deals.proposal.side.country"), Value: i18n.Country(ctx, to.Creator.Country)})
	}
	if a.EngagementPPM != nil {
		s.Creator.Facts = append(s.Creator.Facts, components.Fact{Label: i18n.T(ctx, "components.engagement"), Value: i18n.Percent(ctx, *a.EngagementPPM)})
	}
	for _, p := range to.Prices {
		s.Prices = append(s.Prices, components.Fact{Label: capital(i18n.T(ctx, "deals.format."+p.Format)), Value: i18n.T(ctx, "deals.proposal.side.from", "price", i18n.WholeMoney(ctx, p.Money()))})
	}
	n, lines := f.addUp(ctx, to.Prices)
	s.Count, s.Lines, s.Fee = i18n.T(ctx, "deals.pieces.count", "n", n), lines, f.feeText(ctx)
	return s
}

// addUp counts the deliverables and compares the fee with the creator's starting prices,
// if every line has one in the fee's currency.
func (f ProposalAnswers) addUp(ctx context.Context, prices []creators.StartingPrice) (int, []components.MoneyLine) {
	price := map[string]int64{}
	for _, p := range prices {
		if p.Currency == f.Currency {
			price[p.Format] = p.Minor
		}
	}
	total, priced := 0, len(price) > 0
	var sum int64
	var lines []components.MoneyLine
	for _, l := range f.Deliverables {
		n, err := strconv.Atoi(l.Count)
		if l.Blank() || err != nil || n < 1 || n > deals.MaxItems {
			continue
		}
		total += n
		if l.Format == "" {
			continue
		}
		minor, ok := price[l.Format]
		priced = priced && ok
		sum += int64(n) * minor
		if ok {
			lines = append(lines, components.MoneyLine{Label: i18n.T(ctx, "deals.proposal.side.line", "count", n, "format", i18n.T(ctx, "deals.format."+l.Format)),
				Amount: i18n.Money(ctx, models.Money{Minor: int64(n) * minor, Currency: f.Currency})})
		}
	}
	if !priced || len(lines) == 0 {
		lines = nil
	} else {
		lines = append(lines, components.MoneyLine{Kind: components.Sub, Label: i18n.T(ctx, "deals.proposal.side.at_prices"), Amount: i18n.Money(ctx, models.Money{Minor: sum, Currency: f.Currency})})
	}
	if fee := f.feeText(ctx); fee != "" {
		lines = append(lines, components.MoneyLine{Kind: components.Total, Label: i18n.T(ctx, "deals.proposal.side.fee"), Amount: fee})
	}
	return total, lines
}

// feeText is the fee as it is understood; "" while it is none.
func (f ProposalAnswers) feeText(ctx context.Context) string {
	fee, err := i18n.ParseMoney(ctx, f.Fee, f.Currency)
	if err != nil {
		return ""
	}
	return i18n.Money(ctx, fee)
}
