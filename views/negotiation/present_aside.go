package negotiation

import (
	"context"
	"strconv"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
)

// presentAside says who receives the offer and what it adds up to.
func presentAside(ctx context.Context, to creators.CreatorSummary, q negotiation.Quote, f Answers) AsideProps {
	s := AsideProps{Creator: creatorPanel(ctx, to)}
	for _, p := range to.Prices {
		s.Prices = append(s.Prices, components.Fact{Label: capital(i18n.T(ctx, "deals.format."+p.Format)), Value: i18n.T(ctx, "negotiation.side.from", "price", i18n.WholeMoney(ctx, p.Money()))})
	}
	n, lines := f.addUp(ctx, to.Prices, q)
	s.Count, s.Lines, s.Fee = i18n.T(ctx, "deals.pieces.count", "n", n), lines, f.feeText(ctx)
	return s
}

// creatorPanel says who receives the offer.
func creatorPanel(ctx context.Context, to creators.CreatorSummary) dealsview.PartyPanel {
	a := to.Account
	p := dealsview.PartyPanel{
		Heading: i18n.T(ctx, "deals.creator"), Name: to.Creator.Name, Line: "@" + a.Handle,
		Avatar: filesview.CreatorAvatar(to.Creator.PublicID, to.Creator.Name, to.Face, components.Small),
		Href:   paths.Creator(to.Creator.PublicID), Link: i18n.T(ctx, "deals.creator.page"),
		Facts: []components.Fact{
			{Label: i18n.T(ctx, "deals.platform"), Value: i18n.T(ctx, "deals.platform."+a.Platform)},
			{Label: i18n.T(ctx, "negotiation.side.followers"), Value: i18n.Number(ctx, a.Followers)},
		},
	}
	if to.Creator.Country != "" {
		p.Facts = append(p.Facts, components.Fact{Label: i18n.T(ctx, "negotiation.side.country"), Value: i18n.Country(ctx, to.Creator.Country)})
	}
	if a.EngagementPPM != nil {
		p.Facts = append(p.Facts, components.Fact{Label: i18n.T(ctx, "components.engagement"), Value: i18n.Percent(ctx, *a.EngagementPPM)})
	}
	return p
}

// addUp counts the deliverables and compares the fee with the creator's prices, if every line
// has one in the fee's currency.
func (f Answers) addUp(ctx context.Context, prices []creators.StartingPrice, q negotiation.Quote) (int, []components.MoneyLine) {
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
		if l.IsBlank() || err != nil || n < 1 || n > terms.MaxDeliverables {
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
			lines = append(lines, components.MoneyLine{Label: i18n.T(ctx, "negotiation.side.line", "count", n, "format", i18n.T(ctx, "deals.format."+l.Format)),
				Amount: i18n.Money(ctx, models.Money{Minor: int64(n) * minor, Currency: f.Currency})})
		}
	}
	if !priced || len(lines) == 0 {
		lines = nil
	} else {
		for _, p := range q.Parts[1:] {
			if p.Price != nil {
				sum += p.Price.Minor
				lines = append(lines, components.MoneyLine{Label: i18n.T(ctx, "terms.part."+p.Name), Note: partNote(ctx, p, total), Amount: i18n.Money(ctx, *p.Price)})
			}
		}
		lines = append(lines, components.MoneyLine{Kind: components.Sub, Label: i18n.T(ctx, "negotiation.side.at_prices"), Amount: i18n.Money(ctx, models.Money{Minor: sum, Currency: f.Currency})})
	}
	if fee := f.feeText(ctx); fee != "" {
		lines = append(lines, components.MoneyLine{Kind: components.Total, Label: i18n.T(ctx, "negotiation.side.fee"), Amount: fee})
	}
	return total, lines
}

// feeText is the sum of the fee's parts as they are understood; "" while there is none.
func (f Answers) feeText(ctx context.Context) string {
	sum := models.Money{Currency: f.Currency}
	for _, typed := range []string{f.Fee, f.RightsFee, f.WhitelistingFee, f.ExclusivityFee, f.RushFee} {
		if part, err := i18n.ParseMoney(ctx, typed, f.Currency); err == nil {
			sum.Minor += part.Minor
		}
	}
	if sum.IsZero() {
		return ""
	}
	return i18n.Money(ctx, sum)
}
