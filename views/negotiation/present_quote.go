package negotiation

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	"tribemarket/models/terms"
)

// notAsked stands in a table for what is not asked, or has no price.
const notAsked = "–"

// PresentQuote presents the fee of the latest offer in its parts, beside the other side's
// latest offer, the creator's prices and what the budget calculation expects. It is empty for
// an offer without a fee.
func PresentQuote(ctx context.Context, side models.Side, n negotiation.Negotiation, to creators.CreatorSummary, now time.Time) QuoteTable {
	latest := n.Offers[len(n.Offers)-1]
	t := latest.Terms
	if t.FeeSum().IsZero() {
		return QuoteTable{}
	}
	quote := negotiation.QuoteFor(to, t, models.DateOf(now.In(models.Zone(n.Zone))))
	offers := latestOfBoth(n)
	q := QuoteTable{}
	for _, o := range offers {
		who := nameOf(n, o.Side)
		if o.Side == side {
			who = i18n.T(ctx, "negotiation.quote.you")
		}
		q.Columns = append(q.Columns, i18n.T(ctx, "negotiation.quote.offer", "who", who, "number", strconv.Itoa(o.Number)))
		q.Sums = append(q.Sums, i18n.Money(ctx, o.Terms.FeeSum()))
	}
	q.Columns, q.Sums = append(q.Columns, i18n.T(ctx, "negotiation.quote.prices")), append(q.Sums, priceText(ctx, quote.Sum))
	for i, part := range quote.Parts {
		r := QuoteRow{Name: i18n.T(ctx, "terms.part."+part.Name), Note: partNote(ctx, part, len(t.Deliverables))}
		shown := part.Asked
		for _, o := range offers {
			minor := partsOf(o.Terms.Fee)[i]
			shown = shown || minor > 0
			r.Cells = append(r.Cells, amountText(ctx, o.Terms, minor))
		}
		if r.Cells = append(r.Cells, priceText(ctx, part.Price)); shown {
			q.Rows = append(q.Rows, r)
		}
	}
	q.Expected, q.Source = expectedTexts(ctx, to, latest)
	return q
}

// latestOfBoth are the latest offers of both sides in the currency of the latest of all, by
// their numbers.
func latestOfBoth(n negotiation.Negotiation) []negotiation.Offer {
	var all []negotiation.Offer
	for _, o := range []*negotiation.Offer{n.LatestOf(models.SideBrand), n.LatestOf(models.SideCreator)} {
		if o != nil && o.Terms.Currency == n.Offers[len(n.Offers)-1].Terms.Currency {
			all = append(all, *o)
		}
	}
	slices.SortFunc(all, func(a, b negotiation.Offer) int { return a.Number - b.Number })
	return all
}

// partsOf are the parts of a fee in the order of a quote.
func partsOf(f terms.Fee) [5]int64 {
	return [5]int64{f.Content, f.Rights, f.Whitelisting, f.Exclusivity, f.Rush}
}

func amountText(ctx context.Context, t terms.Terms, minor int64) string {
	if minor == 0 {
		return notAsked
	}
	return i18n.Money(ctx, t.Money(minor))
}

func priceText(ctx context.Context, m *models.Money) string {
	if m == nil {
		return notAsked
	}
	return i18n.Money(ctx, *m)
}

// partNote says what a part is for: 30 days, at 20 %.
func partNote(ctx context.Context, p negotiation.QuotePart, deliverables int) string {
	switch {
	case p.Name == "content":
		return i18n.T(ctx, "deals.pieces.count", "n", deliverables)
	case !p.Asked:
		return ""
	case p.Price == nil:
		return i18n.T(ctx, "negotiation.quote.days", "n", p.Days)
	case p.Name == string(creators.AddOnRush):
		return i18n.T(ctx, "negotiation.quote.rush", "n", p.Days, "share", shareText(ctx, p.PPM))
	}
	return i18n.T(ctx, "negotiation.quote.share", "n", p.Days, "share", shareText(ctx, p.PPM))
}

func shareText(ctx context.Context, ppm int64) string {
	if ppm%10_000 == 0 {
		return i18n.WholePercent(ctx, ppm)
	}
	return i18n.Percent(ctx, ppm)
}

// expectedTexts say what the budget calculation expects of an offer, and from which posts.
func expectedTexts(ctx context.Context, to creators.CreatorSummary, o negotiation.Offer) (expected, source string) {
	e, ok := negotiation.ExpectFrom(to, o.Terms)
	if !ok || e.LowCPM == nil || e.HighCPM == nil {
		return "", ""
	}
	a := e.ExpectedOf
	expected = i18n.T(ctx, "negotiation.quote.expected", "number", strconv.Itoa(o.Number), "low", i18n.Number(ctx, e.Views.Low), "high", i18n.Number(ctx, e.Views.High),
		"cheap", i18n.Money(ctx, *e.LowCPM), "dear", i18n.Money(ctx, *e.HighCPM))
	on := a.AsOf
	if a.FiguresAsOf != nil {
		on = *a.FiguresAsOf
	}
	source = i18n.T(ctx, "negotiation.quote.source."+string(a.Source), "account", "@"+a.Handle, "platform", i18n.T(ctx, "deals.platform."+a.Platform), "on", i18n.Date(ctx, on))
	if a.Sample != nil {
		source += " " + i18n.T(ctx, "negotiation.quote.sample", "n", *a.Sample)
	}
	return expected, source
}

// suggestPrices says beside the parts of a fee what they come to by the creator's prices.
func (p *OfferFormProps) suggestPrices(ctx context.Context, q negotiation.Quote) {
	p.quote, p.Suggested, p.SuggestedAll = q, map[string]string{}, nil
	key, fee := "negotiation.form.suggested", q.Fee()
	if q.Agreed != (terms.Fee{}) {
		key = "contracts.amendment.fee.suggested"
	}
	for i, minor := range [5]int64{fee.Content, fee.Rights, fee.Whitelisting, fee.Exclusivity, fee.Rush} {
		part := q.Parts[i]
		if part.Price == nil {
			continue
		}
		price := i18n.Money(ctx, models.Money{Minor: minor, Currency: part.Price.Currency})
		text := i18n.T(ctx, key, "price", price)
		if i > 0 && key == "negotiation.form.suggested" {
			text += " (" + partNote(ctx, part, 0) + ")"
		}
		p.Suggested[feeFields[i]] = text
		p.SuggestedAll = append(p.SuggestedAll, i18n.T(ctx, "terms.part."+part.Name)+" "+price)
	}
}

// feeFields are the fields of the parts of a fee, in the order of a quote.
var feeFields = [5]string{"fee", "rights_fee", "whitelisting_fee", "exclusivity_fee", "rush_fee"}
